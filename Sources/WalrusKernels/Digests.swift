internal import CIntrinsics

/// One digest in each lane, with the operation that joins two digests to their parent in a Merkle tree.
struct Digests {
    private var words = InlineArray<4, Lanes>(repeating: Lanes())

    @inline(__always)
    init() {}

    @inline(__always)
    init(at tile: UnsafePointer<UInt64>) {
        for word in 0..<4 { unsafe words[word] = Lanes(at: tile + 8 * word) }
    }

    /// Copies the digest at `words` to every lane.
    @inline(__always)
    init(repeating words: UnsafePointer<UInt64>) {
        for word in 0..<4 { unsafe self.words[word] = Lanes(repeating: words[word]) }
    }

    @inline(__always)
    func store(at tile: UnsafeMutablePointer<UInt64>) {
        for word in 0..<4 { unsafe words[word].store(at: tile + 8 * word) }
    }

    @inline(__always)
    static func evens(_ a: Digests, _ b: Digests) -> Digests {
        var result = Digests()
        for word in 0..<4 { result.words[word] = .evens(a.words[word], b.words[word]) }
        return result
    }

    @inline(__always)
    static func odds(_ a: Digests, _ b: Digests) -> Digests {
        var result = Digests()
        for word in 0..<4 { result.words[word] = .odds(a.words[word], b.words[word]) }
        return result
    }

    @inline(__always)
    static func == (a: Digests, b: Digests) -> Bool {
        a.words[0] == b.words[0] && a.words[1] == b.words[1] && a.words[2] == b.words[2]
            && a.words[3] == b.words[3]
    }

    /// `H(0x01 || left || right)`: the 65 bytes fit into one block, in which all words are shifted by one byte.
    ///
    /// `zeros` points to the root of an all-zero subtree of the children's level, followed by the root of an all-zero
    /// subtree of the parents' level. If all children are equal to the first root, the result is the second root,
    /// without hashing.
    @inline(__always)
    static func join(_ left: Digests, _ right: Digests, zeros: UnsafePointer<UInt64>) -> Digests {
        let zero = unsafe Digests(repeating: zeros)
        guard !(left == zero && right == zero) else { return unsafe Digests(repeating: zeros + 4) }
        var block = Compression.Block(repeating: Lanes())
        var carry = Lanes(repeating: 1)
        for word in 0..<8 {
            let value = word < 4 ? left.words[word] : right.words[word - 4]
            block[word] = carry | lanes_shifted_left(value, 8)
            carry = lanes_shifted_right(value, 56)
        }
        block[8] = carry
        var state = Compression.initialState
        Compression.compress(&state, block, total: 65, isLast: true)
        var digests = Digests()
        for word in 0..<4 { digests.words[word] = state[word] }
        return digests
    }
}
