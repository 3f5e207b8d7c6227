import Foundation

@testable import Tables

/// What must hold of every table that can be trained on.
///
/// The table is the same for any number of threads and any size of chunks, no line about it is longer than 200
/// characters, and a model that is given the file again sees the values that it learnt from.
struct TableCheck {
    private let bytes: [UInt8]
    private let options: TableOptions
    /// What does not hold, in sentences.
    private(set) var faults: [String] = []
    /// The table; nil if it was refused.
    private(set) var table: TrainingTable?

    private static let longestLine = 200

    init(_ bytes: [UInt8], _ options: TableOptions, chunkSize: Int = 48) {
        (self.bytes, self.options) = (bytes, options)
        let one = Self.read(bytes, options, threads: 1)
        var chunked = options
        chunked.chunkSize = chunkSize
        let three = Self.read(bytes, chunked, threads: 3)
        switch (one, three) {
        case (.success(let one), .success(let three)):
            table = one
            if let difference = TableDifference.first(one, three) { faults.append("threads: \(difference)") }
            checkShape(of: one)
            checkReading(of: one)
        case (.failure(let one), .failure(let three)):
            if one != three { faults.append("threads: \"\(one)\" and \"\(three)\"") }
        case (.success, .failure(let error)), (.failure(let error), .success):
            faults.append("threads: only one reading fails: \(error)")
        }
        checkProfile()
    }

    private static func read(
        _ bytes: [UInt8],
        _ options: TableOptions,
        threads: Int
    ) -> Result<TrainingTable, TableError> {
        Result { () throws(TableError) in try TrainingTable(bytes.span, options, threads: threads) }
    }

    /// The number of rows is that of all columns, indices have a label, and lines are short.
    private mutating func checkShape(of table: TrainingTable) {
        let data = table.data
        for feature in data.features where feature.values.count != data.rows {
            faults.append("\"\(feature.name)\" has \(feature.values.count) values in \(data.rows) rows")
        }
        for feature in data.features {
            guard case .categorical(let labels) = feature.kind else { continue }
            let isIndex = feature.values.allSatisfy { value in
                value.isNaN || value == value.rounded() && value >= 0 && Int(value) < labels.count
            }
            if !isIndex { faults.append("\"\(feature.name)\" has an index without a label") }
        }
        switch data.target {
        case .classification(let classes, let labels):
            if labels.count != data.rows { faults.append("\(labels.count) classes in \(data.rows) rows") }
            if !labels.allSatisfy({ $0 < classes.count }) { faults.append("a row has no class") }
        case .regression(let values):
            if values.count != data.rows { faults.append("\(values.count) targets in \(data.rows) rows") }
            if values.contains(where: \.isNaN) { faults.append("a row has no target") }
        }
        for count in [data.time?.count, data.group?.count, data.weights?.count].compactMap(\.self)
        where count != data.rows {
            faults.append("\(count) keys in \(data.rows) rows")
        }
        if Set(data.features.map { ExactText($0.name) }).count != data.features.count {
            faults.append("two features have one name: \(data.features.map(\.name))")
        }
        if table.reading.columns.map(\.name) != table.columns { faults.append("the reading lacks columns") }
        checkLines(table.decisions + table.remarks + table.warnings)
    }

    private mutating func checkLines(_ lines: [String]) {
        for line in lines where line.count > Self.longestLine || line.contains(where: \.isNewline) {
            faults.append("a line of \(line.count) characters: \(line)")
        }
    }

    private mutating func checkProfile() {
        // A refusal is fine.
        guard let profile = try? TableProfile(of: bytes.span, threads: 1) else { return }
        checkLines(profile.decisions + profile.warnings)
        if profile.columns.isEmpty || profile.sample.contains(where: { $0.count > profile.columns.count }) {
            faults.append("the profile's sample is wider than its columns")
        }
    }

    /// The features of the file, read by the table's own reading, are those of the table.
    ///
    /// The table lacks the rows without a target, so its rows must be found in the file's, in their order.
    private mutating func checkReading(of table: TrainingTable) {
        let features = table.data.features
        do {
            let reading = try JSONDecoder().decode(
                TableReading.self,
                from: JSONEncoder().encode(table.reading)
            )
            if reading != table.reading { faults.append("the reading differs after JSON") }
            let again = try FeatureTable(
                bytes.span,
                features: features.map { FeatureTable.Source(feature: $0.name, labels: $0.labels) },
                of: table.columns,
                reading: reading,
                options: options.csv,
                threads: 1
            )
            var row = 0
            for index in 0..<table.data.rows {
                let start = row
                while row < again.rows, !Self.areEqual(features, index, again.columns, row) { row += 1 }
                guard row < again.rows else {
                    return faults.append(difference(features, index, again, start))
                }
                row += 1
            }
        } catch {
            faults.append("its own file is refused: \(error)")
        }
    }

    private static func areEqual(_ features: [Feature], _ index: Int, _ columns: [[Float]], _ row: Int)
        -> Bool
    {
        features.indices.allSatisfy { TableDifference.areEqual(features[$0].values[index], columns[$0][row]) }
    }

    private func difference(_ features: [Feature], _ index: Int, _ again: FeatureTable, _ row: Int) -> String
    {
        guard row < again.rows else { return "its own file has \(again.rows) rows" }
        let differing = features.indices.filter {
            !TableDifference.areEqual(features[$0].values[index], again.columns[$0][row])
        }
        let values = differing.prefix(3).map { feature in
            "\"\(features[feature].name)\" \(features[feature].values[index]) and \(again.columns[feature][row])"
        }
        return "its own file differs in row \(index): \(values)"
    }
}

extension Feature {
    fileprivate var labels: [String]? {
        if case .categorical(let labels) = kind { labels } else { nil }
    }
}
