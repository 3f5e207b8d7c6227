import Testing

@testable import Tables

/// A table that a test writes, as a training reads it.
struct CaseTable {
    let table: TrainingTable

    init(_ text: String, _ change: (inout TableOptions) -> Void = { _ in }) throws(TableError) {
        try self.init(bytes: Array(text.utf8), change)
    }

    init(bytes: [UInt8], _ change: (inout TableOptions) -> Void = { _ in }) throws(TableError) {
        var options = TableOptions()
        change(&options)
        table = try TrainingTable(bytes.span, options, threads: 2)
    }

    var rows: Int { table.data.rows }
    var target: String { table.data.targetName }
    var classes: [String] { table.data.classes }
    var features: [String] { table.data.features.map(\.name) }
    var isRegression: Bool { table.data.classes.isEmpty }
    /// Everything that a person hears of the reading.
    var words: [String] { table.decisions + table.warnings }

    /// The target's numbers; empty for a classification.
    var targetNumbers: [Double] {
        guard case .regression(let values) = table.data.target else { return [] }
        return values
    }

    /// The class of each row.
    var targetClasses: [String] { table.data.labels.map { table.data.classes[Int($0)] } }

    /// The values of a column of numbers, nil where a cell is missing; nil if the column is no feature of numbers.
    func numbers(_ name: String) -> [Float?]? {
        guard let feature = table.data.features.first(where: { $0.name == name }), feature.kind == .numeric
        else { return nil }
        return feature.values.map { $0.isNaN ? nil : $0 }
    }

    /// The sorted categories of a column of texts; nil if the column is no such feature.
    func categories(_ name: String) -> [String]? {
        guard case .categorical(let labels)? = table.data.features.first(where: { $0.name == name })?.kind
        else { return nil }
        return labels
    }

    /// The number of missing values of a feature; nil if there is no such feature.
    func missing(_ name: String) -> Int? {
        table.data.features.first { $0.name == name }.map { $0.values.count { $0.isNaN } }
    }

    /// Whether one sentence has all of `parts`.
    func says(_ parts: String...) -> Bool { words.contains { word in parts.allSatisfy(word.contains) } }

    func warns(_ parts: String...) -> Bool {
        table.warnings.contains { word in parts.allSatisfy(word.contains) }
    }

    /// Reads another table as the input of a model that was trained on this one.
    func input(_ text: String) throws(TableError) -> FeatureTable {
        let sources = table.data.features.map { feature in
            guard case .categorical(let labels) = feature.kind else {
                return FeatureTable.Source(feature: feature.name, labels: nil)
            }
            return FeatureTable.Source(feature: feature.name, labels: labels)
        }
        let bytes = Array(text.utf8)
        return try FeatureTable(
            bytes.span,
            features: sources,
            of: table.columns,
            reading: table.reading,
            threads: 2
        )
    }

    /// The values of a column of whole numbers.
    static func column(_ rows: Int, _ value: (Int) -> Int) -> [Float?] { (0..<rows).map { Float(value($0)) } }

    /// The error of a table that cannot be trained on; nil if it can.
    static func error(_ text: String, _ change: (inout TableOptions) -> Void = { _ in }) -> TableError? {
        error(bytes: Array(text.utf8), change)
    }

    static func error(
        bytes: [UInt8],
        _ change: (inout TableOptions) -> Void = { _ in }
    ) -> TableError? {
        do throws(TableError) {
            _ = try CaseTable(bytes: bytes, change)
            return nil
        } catch {
            return error
        }
    }

    /// The text of a table: a header, and `rows` lines.
    static func text(
        _ header: String?,
        rows: Int = 48,
        end: String = "\n",
        _ line: (Int) -> String
    ) -> String {
        let lines = (header.map { [$0] } ?? []) + (0..<rows).map(line)
        return lines.map { $0 + end }.joined()
    }
}

/// How the cells of a column are written in a case.
struct Writing: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let write: @Sendable (Int) -> String

    init(_ name: String, _ write: @escaping @Sendable (Int) -> String) {
        (testDescription, self.write) = (name, write)
    }

    /// Whole thousands with a mark, such as `1'234`.
    static func grouped(_ number: Int, _ mark: String) -> String {
        var digits = String(number.magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        groups.insert(digits, at: 0)
        return (number < 0 ? "-" : "") + groups.joined(separator: mark)
    }

    /// A number with two digits.
    static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
