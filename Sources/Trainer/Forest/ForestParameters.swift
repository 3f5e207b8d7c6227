/// How to grow a random forest, in scikit-learn's words; the defaults are those of the script that this replaces.
package struct ForestParameters: Equatable, Sendable {
    package var trees = 100
    /// Nil: until the leaves are pure.
    package var maxDepth: Int? = 5
    /// Draws that a node needs at least to be split.
    package var minSamplesSplit = 2
    /// Draws that each side of a split keeps at least.
    package var minSamplesLeaf = 1
    /// How many features a node tries.
    package var maxFeatures = FeatureDraw.automatic
    package var classWeight = ClassWeight.equal

    package init() {}
}

/// What a row counts.
package enum ClassWeight: Equatable, Sendable {
    case equal
    /// The more, the rarer its class: all classes weigh the same together.
    case balanced

    /// Whole numbers by class, so that the sum of squares over all rows stays below 2^62.
    func weights(classes: Int, labels: [UInt16]) -> [Int] {
        guard self == .balanced else { return [Int](repeating: 1, count: classes) }
        var counts = [Int](repeating: 0, count: classes)
        for label in labels { counts[Int(label)] += 1 }
        return counts.map { max(1, (1 << 30) / classes / max($0, 1)) }
    }
}
