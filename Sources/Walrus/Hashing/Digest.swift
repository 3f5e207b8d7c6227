/// A BLAKE2b hash of 32 bytes, as four little-endian words.
struct Digest: Equatable, Sendable, BitwiseCopyable {
    let word0, word1, word2, word3: UInt64

    init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
        (self.word0, self.word1, self.word2, self.word3) = (word0, word1, word2, word3)
    }

    /// One of the eight digests of a tile (see ``SliverTrees``).
    init(tile: UnsafePointer<UInt64>, lane: Int) {
        unsafe self.init(tile[lane], tile[8 + lane], tile[16 + lane], tile[24 + lane])
    }

    var words: [UInt64] { [word0, word1, word2, word3] }

    var bytes: [UInt8] {
        words.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
    }

    /// Copies the 32 bytes to `target`.
    func store(at target: UnsafeMutablePointer<UInt8>) {
        for (index, byte) in bytes.enumerated() { unsafe target[index] = byte }
    }

    /// The hash of `prefix || left || right`.
    static func join(prefix: UInt8, _ left: Digest, _ right: Digest) -> Digest {
        let bytes = left.bytes + right.bytes
        return unsafe bytes.withUnsafeBufferPointer { unsafe BLAKE2b.hash(prefix: prefix, $0) }
    }
}
