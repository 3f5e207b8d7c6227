/// How classes are ordered and written.
enum ClassLabels {
    /// By value where all are plain integers, else by their UTF-8 bytes.
    static func sorted(_ labels: Set<String>) -> [String] {
        if let integers = integers(Array(labels)) { return integers.sorted().map(String.init) }
        return labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// The labels as numbers, where each is written as an integer is: no leading zero, no space, no plus.
    static func integers(_ labels: [String]) -> [Int64]? {
        let numbers = labels.compactMap { text in Int64(text).flatMap { String($0) == text ? $0 : nil } }
        return numbers.count == labels.count ? numbers : nil
    }
}
