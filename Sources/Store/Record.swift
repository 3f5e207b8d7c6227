import Foundation
import GRDB

extension String {
    /// The text with a picture for U+0000, at which SQLite's texts end: what stands behind it would be lost.
    var storable: String {
        utf8.contains(0)
            ? String(String.UnicodeScalarView(unicodeScalars.map { $0.value == 0 ? "\u{2400}" : $0 })) : self
    }
}

/// How a value of ours is stored as a row: property by column, nested values as JSON, dates as seconds since 1970.
protocol Record: Codable, FetchableRecord, MutablePersistableRecord {}

extension Record {
    /// The rows that `sql` finds and that can be read.
    ///
    /// One that another version has written, or a damaged disk, must not stand in the way of the others.
    static func fetchReadable(
        _ db: Database,
        sql: String,
        arguments: StatementArguments = StatementArguments()
    ) throws -> [Self] {
        let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: arguments)
        var found: [Self] = []
        while let row = try rows.next() {
            do {
                found.append(try Self(row: row))
            } catch  where error is RowDecodingError || error is DecodingError {
                continue
            }
        }
        return found
    }

    static func databaseDateEncodingStrategy(for column: String) -> DatabaseDateEncodingStrategy {
        .timeIntervalSince1970
    }

    static func databaseDateDecodingStrategy(for column: String) -> DatabaseDateDecodingStrategy {
        .timeIntervalSince1970
    }

    static func databaseJSONEncoder(for column: String) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    static func databaseJSONDecoder(for column: String) -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        return decoder
    }
}
