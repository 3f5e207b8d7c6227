/// The best place to cut one feature at a node.
struct Cut: Equatable {
    /// What both sides score together: greater is better.
    var score: Double
    /// The last bin with rows that goes left.
    var bin: Int
    /// The first bin with rows that goes right; that of missing values where they alone do.
    var next: Int
    /// Where rows without a value go; nil where the node has none.
    var missing: Side?

    enum Side { case left, right }
}
