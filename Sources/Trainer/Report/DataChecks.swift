import Tables
import Threads

/// What makes the figures of a model better than the model: rows that come twice, columns that name rows, columns that
/// give the target away; and data that are too few.
struct DataChecks {
    private let data: Dataset
    private let hashes: [UInt64]
    private let duplicates: Int
    private(set) var warnings: [String] = []

    /// Below this many rows, chance alone looks like a leak.
    private static let minRows = 20

    init(_ data: Dataset, threads: Int) {
        self.data = data
        hashes = RowHashes(data, threads: threads).values
        let sorted = hashes.sorted()
        duplicates = zip(sorted, sorted.dropFirst()).count { $0 == $1 }
        checkSize()
        if duplicates > 0 {
            let rows = duplicates == 1 ? "1 row repeats another" : "\(duplicates) rows repeat others"
            warnings.append("\(rows) in every column that is learnt from")
        }
        guard data.rows >= Self.minRows else { return }
        let found = Parallel.map(data.features.count, threads: threads, scratch: {}) { _, index in
            let feature = data.features[index]
            return (isIdentifier: Self.isIdentifier(feature), isLeak: Leak(feature, data.target).isOne)
        }
        for (feature, found) in zip(data.features, found ?? []) {
            if found.isIdentifier {
                warnings.append(
                    "column \"\(feature.name)\" counts the rows: leave it out if it is an identifier"
                )
            }
            if found.isLeak {
                warnings.append(
                    "column \"\(feature.name)\" alone tells the target: leave it out if it is known only afterwards"
                )
            }
        }
    }

    /// What is wrong with a split of the data: test rows that are the same as rows that were learnt from.
    func warnings(of split: Split) -> [String] {
        guard duplicates > 0 else { return [] }
        let seen = Set(split.train.map { hashes[$0] })
        let count = split.test.count { seen.contains(hashes[$0]) }
        let rows = count == 1 ? "1 test row repeats one" : "\(count) test rows repeat some"
        return count == 0 ? [] : ["\(rows) of those that were learnt from"]
    }

    private mutating func checkSize() {
        let classes = data.classes.count
        if data.rows < 10 * max(1, classes) {
            warnings.append("\(data.rows) rows are few: trust no figure far")
        }
        if data.rows < data.features.count {
            warnings.append("there are fewer rows (\(data.rows)) than features (\(data.features.count))")
        }
    }

    /// Whether whole numbers only rise, or only fall, from row to row.
    static func isIdentifier(_ feature: Feature) -> Bool {
        let values = feature.values
        guard feature.kind == .numeric, values.allSatisfy({ $0 == $0.rounded() }) else { return false }
        let pairs = zip(values, values.dropFirst())
        return pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { $0 > $1 }
    }
}
