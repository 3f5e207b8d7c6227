internal import CIntrinsics

// Hashes eight messages at a time: in one pass with eight lanes, in two passes with four.
//
// A *tile* holds eight digests: word w of digest l is at `8 * w + l`, 32 words of 64 bits in all. The states of eight
// unfinished hashes have the same layout with 64 words, so a finished state begins with the tile of its digests. A
// pass costs one compression. To distribute messages over the lanes, `compress` also needs three shuffles for each
// vector of words with AVX-512, and four with AVX2.

private let tile = 32

/// Writes the states of eight hashes before their first block: 64 words.
package func initialize(_ states: UnsafeMutablePointer<UInt64>) {
    let initial = Compression.initialState
    for lane in stride(from: 0, to: 8, by: Lanes.scalarCount) {
        for word in 0..<8 { unsafe initial[word].store(at: states + 8 * word + lane) }
    }
}

/// Hashes one block of 128 bytes of each of eight messages into `states`.
///
/// Block l begins at byte `256 * l` of `blocks`. `total` is the number of bytes of each message up to and including
/// this block.
package func compress(
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

/// Hashes one level of eight Merkle trees: tile i of `children` holds node i of each tree.
///
/// `count` is the number of parents per tree. `parents` may be the same memory as `children`. `zeros` points to the
/// root of an all-zero subtree of the children's level, then to that of the parents' level, four words each. Parents
/// whose children all have the first root are not hashed.
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

/// Hashes one level of one Merkle tree: tile i of `children` holds nodes 8i to 8i + 7.
///
/// `count` is the number of tiles of parents. There must be twice as many tiles of children; the last children may
/// have no meaning. For the other parameters see ``joinAcross(_:into:count:zeros:)``.
package func joinAlong(
    _ children: UnsafePointer<UInt64>,
    into parents: UnsafeMutablePointer<UInt64>,
    count: Int,
    zeros: UnsafePointer<UInt64>
) {
    for node in 0..<count {
        // The children of a tile are all read before a parent is written, because the first parents overwrite their
        // own children.
        let pair = unsafe children + 2 * node * tile
        var joined = InlineArray<2, Digests>(repeating: Digests())
        for part in 0..<(8 / Lanes.scalarCount) {
            let first = unsafe Digests(at: pair + vectorOffset(2 * part))
            let second = unsafe Digests(at: pair + vectorOffset(2 * part + 1))
            unsafe joined[part] = .join(.evens(first, second), .odds(first, second), zeros: zeros)
        }
        for part in 0..<(8 / Lanes.scalarCount) {
            unsafe joined[part].store(at: parents + node * tile + part * Lanes.scalarCount)
        }
    }
}

/// The offset of the vector with this index in contiguous tiles, in words.
@inline(__always)
private func vectorOffset(_ index: Int) -> Int {
    let lane = index * Lanes.scalarCount
    return lane / 8 * tile + lane % 8
}
