import Glibc

/// The order of classes and of categories, and whether they are integers.
package enum ClassLabels {
    /// The distinct texts among `texts`, sorted, and for each element of `texts` the index of its label.
    ///
    /// Texts are sorted by value if all are plain integers, otherwise by their UTF-8 bytes.
    static func ordered(_ texts: [String]) -> (labels: [String], indices: [Int]) {
        var labels: [String] = []
        var indices = [Int](repeating: 0, count: texts.count)
        for index in sortedIndices(texts) {
            let isNew = labels.last.map { order($0, texts[index]) != 0 } ?? true
            if isNew { labels.append(texts[index]) }
            indices[index] = labels.count - 1
        }
        return (labels, indices)
    }

    /// The labels as integers; nil unless each label is a 64-bit integer without leading zeros, spaces or plus sign.
    package static func integers(_ labels: [String]) -> [Int64]? {
        let numbers = labels.compactMap { text in Int64(text).flatMap { String($0) == text ? $0 : nil } }
        return numbers.count == labels.count ? numbers : nil
    }

    private static func sortedIndices(_ labels: [String]) -> [Int] {
        if let integers = integers(labels) { return labels.indices.sorted { integers[$0] < integers[$1] } }
        return labels.indices.sorted { order(labels[$0], labels[$1]) < 0 }
    }

    /// Compares the UTF-8 bytes of two texts: negative if `one` comes first, 0 if they are equal.
    private static func order(_ one: String, _ other: String) -> Int {
        let (one, other) = (one.utf8Span.span, other.utf8Span.span)
        let order = unsafe one.withUnsafeBytes { one in
            unsafe other.withUnsafeBytes { other in
                guard let first = one.baseAddress, let second = other.baseAddress else { return 0 as Int32 }
                return unsafe memcmp(first, second, min(one.count, other.count))
            }
        }
        return order == 0 ? one.count - other.count : Int(order)
    }
}
