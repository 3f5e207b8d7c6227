import Foundation
import Tables

/// The values of a column as they were read; a missing value is NaN.
struct ColumnValues {
    let name: String
    /// The texts that `values` are indices into; nil if the values are numbers.
    let labels: [String]?
    let values: [Double]

    /// The target and the features of a table; columns that were left out have no values.
    static func all(of table: TrainingTable) -> [ColumnValues] {
        [target(of: table.data)] + table.data.features.map(ColumnValues.init)
    }

    private static func target(of data: Dataset) -> ColumnValues {
        switch data.target {
        case .classification(let classes, let labels):
            ColumnValues(name: data.targetName, labels: classes, values: labels.map(Double.init))
        case .regression(let values):
            ColumnValues(name: data.targetName, labels: nil, values: values)
        }
    }

    private init(_ feature: Feature) {
        let labels: [String]? = if case .categorical(let labels) = feature.kind { labels } else { nil }
        self.init(name: feature.name, labels: labels, values: feature.values.map(Double.init))
    }

    private init(name: String, labels: [String]?, values: [Double]) {
        (self.name, self.labels, self.values) = (name, labels, values)
    }
}

extension [ColumnValues] {
    /// The first line of a file of values.
    private struct Header: Encodable {
        struct Column: Encodable {
            let name: String
            let labels: [String]?
        }

        let rows: Int
        let columns: [Column]
    }

    /// Writes a line of JSON, then the values of one column after the other as 64-bit floats, little endian.
    func write(to file: URL, rows: Int) throws {
        let header = Header(rows: rows, columns: map { Header.Column(name: $0.name, labels: $0.labels) })
        var data = try JSONEncoder().encode(header)
        data.append(UInt8(ascii: "\n"))
        for column in self {
            column.values.map(\.bitPattern.littleEndian).withUnsafeBytes { data.append(contentsOf: $0) }
        }
        try data.write(to: file)
    }
}
