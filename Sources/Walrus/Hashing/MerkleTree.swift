/// The constants of Walrus' Merkle trees (walrus-core `merkle.rs`); ``SliverTrees`` builds them.
///
/// A leaf is `H(0x00 || content)` and a parent is `H(0x01 || left || right)`. A level with an odd number of nodes
/// gets an additional node of 32 zero bytes.
enum MerkleTree {
    static let leafPrefix: UInt8 = 0
    static let innerPrefix: UInt8 = 1
}
