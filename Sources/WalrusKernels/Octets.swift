internal import CIntrinsics

// Hashes eight messages at once, whatever the number of lanes: in one pass or in two.
//
// What is hashed together lies together: word w of message l of a *tile* of eight digests is at `8 * w + l`, 32 words of
// 64 bits in all; the state of eight unfinished hashes is laid out likewise, 64 words, and begins with the tile that it
// becomes. Costs one compression of `Compression` for each vector of lanes that eight make up, and for `absorb` three
// shuffles a word to lay messages out across the lanes.

private let tile = 32

/// Hashes one block of 128 bytes of each of eight messages into `states`.
///
/// Block l begins at byte `256 * l` of `blocks`; `total` is how many bytes of each message were hashed with it.
package func absorb(
    _ blocks: UnsafePointer<UInt8>,
    into states: UnsafeMutablePointer<UInt64>,
    total: UInt64,
    isLast: Bool
) {
    for lane in stride(from: 0, to: 8, by: Lanes.scalarCount) {
        var block = Compression.Block(repeating: Lanes())
        for first in stride(from: 0, to: 16, by: Lanes.scalarCount) {
            var square = Square(repeating: Lanes())
            for row in 0..<Lanes.scalarCount {
                unsafe square[row] = Lanes(at: blocks + 256 * (lane + row) + 8 * first)
            }
            square = square.transposed()
            for word in 0..<Lanes.scalarCount { block[first + word] = square[word] }
        }
        var state = Compression.State(repeating: Lanes())
        for word in 0..<8 { unsafe state[word] = Lanes(at: states + 8 * word + lane) }
        Compression.compress(&state, block, total: total, isLast: isLast)
        for word in 0..<8 { unsafe state[word].store(at: states + 8 * word + lane) }
    }
}

/// Goes up one level in eight Merkle trees at once: tile i holds node i of each tree.
///
/// `parents` may be `children`. `zeros` points to the root of an all-zero subtree of the children's level and that of the
/// parents': what has only such children is known without being hashed. Both are four words.
package func joinAcross(
    _ children: UnsafePointer<UInt64>,
    into parents: UnsafeMutablePointer<UInt64>,
    count: Int,
    zeros: UnsafePointer<UInt64>
) {
    for node in 0..<count {
        for lane in stride(from: 0, to: 8, by: Lanes.scalarCount) {
            let left = unsafe Digests(at: children + 2 * node * tile + lane)
            let right = unsafe Digests(at: children + (2 * node + 1) * tile + lane)
            unsafe Digests.join(left, right, zeros: zeros).store(at: parents + node * tile + lane)
        }
    }
}

/// Goes up one level in one Merkle tree: tile i holds nodes 8i to 8i + 7.
///
/// `count` is of tiles of parents; there must be twice as many of children, of which the last ones may be garbage. The
/// rest is as above.
package func joinAlong(
    _ children: UnsafePointer<UInt64>,
    into parents: UnsafeMutablePointer<UInt64>,
    count: Int,
    zeros: UnsafePointer<UInt64>
) {
    for node in 0..<count {
        // Read before they are written: the first parents take the place of their own children.
        let pair = unsafe children + 2 * node * tile
        var joined = InlineArray<2, Digests>(repeating: Digests())
        for part in 0..<(8 / Lanes.scalarCount) {
            let first = unsafe Digests(at: pair + half(2 * part))
            let second = unsafe Digests(at: pair + half(2 * part + 1))
            unsafe joined[part] = .join(.evens(first, second), .odds(first, second), zeros: zeros)
        }
        for part in 0..<(8 / Lanes.scalarCount) {
            unsafe joined[part].store(at: parents + node * tile + part * Lanes.scalarCount)
        }
    }
}

/// Where the vector of this index begins in tiles that follow one another.
@inline(__always)
private func half(_ index: Int) -> Int {
    let lane = index * Lanes.scalarCount
    return lane / 8 * tile + lane % 8
}
