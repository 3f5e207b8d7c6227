/// The size of a model's file.
enum ONNXSize {
    /// The largest size of a file that Protocol Buffers, and therefore an ONNX runtime, can read: 2 GiB minus one byte.
    static let limit = Int(Int32.max)

    /// The approximate number of bytes of a tree in the file.
    static func estimate<Leaf>(_ tree: DecisionTree<Leaf>) -> Int {
        Leaf.self == Vote.self ? 32 * tree.nodes.count + 13 * tree.leaves.count : 18 * tree.nodes.count
    }
}
