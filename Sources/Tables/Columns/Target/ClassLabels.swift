/// The order of classes and of categories, and whether they are integers.
package enum ClassLabels {
    /// The distinct texts among `texts`, sorted, and for each element of `texts` the index of its label.
    ///
    /// Texts are sorted by value if all are plain integers, otherwise by their UTF-8 bytes.
    static func ordered(_ texts: [String]) -> (labels: [String], indices: [Int]) {
        var positions: [ExactText: Int] = [:]
        var distinct: [String] = []
        let numbers = texts.map { text in
            positions[ExactText(text)]
                ?? {
                    positions[ExactText(text)] = distinct.count
                    distinct.append(text)
                    return distinct.count - 1
                }()
        }
        let order = sortedIndices(distinct)
        var ranks = [Int](repeating: 0, count: order.count)
        for (rank, index) in order.enumerated() { ranks[index] = rank }
        return (order.map { distinct[$0] }, numbers.map { ranks[$0] })
    }

    /// The labels as integers; nil unless each label is a 64-bit integer without leading zeros, spaces or plus sign.
    package static func integers(_ labels: [String]) -> [Int64]? {
        let numbers = labels.compactMap { text in Int64(text).flatMap { String($0) == text ? $0 : nil } }
        return numbers.count == labels.count ? numbers : nil
    }

    private static func sortedIndices(_ labels: [String]) -> [Int] {
        if let integers = integers(labels) { return labels.indices.sorted { integers[$0] < integers[$1] } }
        return labels.indices.sorted { labels[$0].utf8.lexicographicallyPrecedes(labels[$1].utf8) }
    }
}
