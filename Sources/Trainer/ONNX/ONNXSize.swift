/// How large a model's file may be and will be.
enum ONNXSize {
    /// What Protocol Buffers, and so every ONNX runtime, can read: 2 GiB less a byte.
    static let limit = Int(Int32.max)

    /// About how many bytes of the file a tree takes.
    static func estimate<Leaf>(_ tree: DecisionTree<Leaf>) -> Int {
        Leaf.self == Vote.self ? 32 * tree.nodes.count + 13 * tree.leaves.count : 18 * tree.nodes.count
    }
}
