/// The Merkle tree of walrus-core `merkle.rs`.
///
/// A leaf is `H(0x00 || content)`, a parent `H(0x01 || left || right)`; a level of odd length gets one node of zero
/// bytes, and no leaves at all have a root of zero bytes.
enum MerkleTree {
    static let leafPrefix: UInt8 = 0
    static let innerPrefix: UInt8 = 1

    /// The root over `leaves`, which are overwritten: level by level, in place.
    static func root(consuming leaves: UnsafeMutableBufferPointer<Digest>) -> Digest {
        guard !leaves.isEmpty else { return .zero }
        var count = leaves.count
        while count > 1 {
            for parent in 0..<((count + 1) / 2) {
                let left = unsafe leaves[2 * parent]
                let right = unsafe 2 * parent + 1 < count ? leaves[2 * parent + 1] : .zero
                unsafe leaves[parent] = Digest.join(prefix: innerPrefix, left, right)
            }
            count = (count + 1) / 2
        }
        return unsafe leaves[0]
    }

    static func root(of leaves: [Digest]) -> Digest {
        var leaves = leaves
        return unsafe leaves.withUnsafeMutableBufferPointer { unsafe root(consuming: $0) }
    }
}
