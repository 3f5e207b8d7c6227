import Tables
import Threads

/// Checks the data for problems that make scores imprecise or too high: few rows, duplicate rows, identifiers, target
/// leakage.
struct DataChecks {
    private let data: Dataset
    private let hashes: [UInt64]
    private let duplicates: Int
    private(set) var warnings: [String] = []

    /// With fewer rows than this, columns are not checked: a column could look like a leak by chance.
    private static let minRows = 20

    init(_ data: Dataset, threads: Int) {
        self.data = data
        hashes = RowHashes(data, threads: threads).values
        let sorted = hashes.sorted()
        duplicates = zip(sorted, sorted.dropFirst()).count { $0 == $1 }
        checkSize()
        if duplicates > 0 {
            let rows = duplicates == 1 ? "1 row duplicates another" : "\(duplicates) rows duplicate others"
            warnings.append("\(rows) in all features and the target")
        }
        guard data.rows >= Self.minRows else { return }
        let found = Parallel.map(data.features.count, threads: threads, scratch: {}) { _, index in
            let feature = data.features[index]
            return (
                isIdentifier: Self.isIdentifier(feature), isLeak: LeakDetector(feature, data.target).findsLeak
            )
        }
        for (feature, found) in zip(data.features, found ?? []) {
            if found.isIdentifier {
                warnings.append(
                    "column \"\(feature.name)\" only rises or only falls from row to row: "
                        + "leave it out if it is an identifier"
                )
            }
            if found.isLeak {
                warnings.append(
                    "column \"\(feature.name)\" alone determines the target: "
                        + "leave it out if it is known only after the target"
                )
            }
        }
    }

    /// Warnings about a split: test rows that duplicate training rows.
    func warnings(of split: TrainTestSplit) -> [String] {
        guard duplicates > 0 else { return [] }
        let trained = Set(split.train.map { hashes[$0] })
        let count = split.test.count { trained.contains(hashes[$0]) }
        let rows =
            count == 1 ? "1 test row duplicates a training row" : "\(count) test rows duplicate training rows"
        return count == 0 ? [] : ["\(rows): the scores may be higher than on new data"]
    }

    private mutating func checkSize() {
        let classes = data.classes.count
        if data.rows < 10 * max(1, classes) {
            warnings.append("only \(data.rows) rows: the scores are imprecise")
        }
        if data.rows < data.features.count {
            warnings.append("there are fewer rows (\(data.rows)) than features (\(data.features.count))")
        }
    }

    /// Whether a numeric feature has only integers that strictly rise, or strictly fall, from row to row.
    static func isIdentifier(_ feature: Feature) -> Bool {
        let values = feature.values
        guard feature.kind == .numeric, values.allSatisfy({ $0 == $0.rounded() }) else { return false }
        let pairs = zip(values, values.dropFirst())
        return pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { $0 > $1 }
    }
}
