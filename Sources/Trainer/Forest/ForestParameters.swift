/// The parameters of a random forest, with scikit-learn's names.
package struct ForestParameters: Equatable, Sendable {
    package var trees = 100
    /// The largest number of splits between the root and a leaf; nil for no limit.
    package var maxDepth: Int? = 5
    /// A node with fewer samples is not split.
    ///
    /// A row counts as many times as the bootstrap draws it.
    package var minSamplesSplit = 2
    /// The least number of samples on each side of a split.
    ///
    /// A row counts as many times as the bootstrap draws it.
    package var minSamplesLeaf = 1
    /// The number of features that each node tries; a feature that cannot split the node is not counted.
    package var maxFeatures = MaxFeatures.automatic
    package var classWeight = ClassWeight.equal

    package init() {}
}

/// How the weight of a row depends on its class.
package enum ClassWeight: Equatable, Sendable {
    case equal
    /// Inversely proportional to the frequency of the row's class.
    ///
    /// All classes have about the same total weight.
    case balanced

    /// The weight of a row of each class, as an integer.
    ///
    /// Balanced weights add up to about 2^30 over all rows.
    ///
    /// `sums` are the sums of the rows' own weights by class; nil if all weigh the same. The draws of a bag follow the rows'
    /// own weights, so that the frequency of a class is that among the draws: together, both weights give all classes the
    /// same total.
    func weights(classes: Int, labels: [UInt16], sums: [Double]? = nil) -> [Int] {
        guard self == .balanced else { return [Int](repeating: 1, count: classes) }
        var counts = [Int](repeating: 0, count: classes)
        if let sums {
            let draws = Double(labels.count) / sums.reduce(0, +)
            counts = sums.map { Int(($0 * draws).rounded()) }
        } else {
            for label in labels { counts[Int(label)] += 1 }
        }
        return counts.map { max(1, (1 << 30) / classes / max($0, 1)) }
    }
}
