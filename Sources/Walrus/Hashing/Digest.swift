/// 32 bytes of BLAKE2b, as four little-endian words.
struct Digest: Equatable, Sendable, BitwiseCopyable {
    let word0, word1, word2, word3: UInt64

    static let zero = Digest(0, 0, 0, 0)

    init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
        (self.word0, self.word1, self.word2, self.word3) = (word0, word1, word2, word3)
    }

    /// A digest of a tile of eight (see ``SliverTrees``).
    init(tile: UnsafePointer<UInt64>, lane: Int) {
        unsafe self.init(tile[lane], tile[8 + lane], tile[16 + lane], tile[24 + lane])
    }

    var words: [UInt64] { [word0, word1, word2, word3] }

    var bytes: [UInt8] {
        words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
    }

    /// The hash of `prefix || left || right`: 65 bytes, one compression, the words shifted by one byte.
    static func join(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
        var block = BLAKE2b.Block(repeating: 0)
        block[0] = UInt64(prefix) | left.word0 &<< 8
        block[1] = left.word0 &>> 56 | left.word1 &<< 8
        block[2] = left.word1 &>> 56 | left.word2 &<< 8
        block[3] = left.word2 &>> 56 | left.word3 &<< 8
        block[4] = left.word3 &>> 56 | right.word0 &<< 8
        block[5] = right.word0 &>> 56 | right.word1 &<< 8
        block[6] = right.word1 &>> 56 | right.word2 &<< 8
        block[7] = right.word2 &>> 56 | right.word3 &<< 8
        block[8] = right.word3 &>> 56
        var state = BLAKE2b.initialState
        BLAKE2b.compress(&state, block, total: 65, isLast: true)
        return Digest(state[0], state[1], state[2], state[3])
    }
}
