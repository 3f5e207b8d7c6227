import Contract
import Foundation
import GRDB

extension String {
    /// The text with U+2400 in place of U+0000, because SQLite would end the text at U+0000.
    var storable: String {
        utf8.contains(0)
            ? String(String.UnicodeScalarView(unicodeScalars.map { $0.value == 0 ? "\u{2400}" : $0 })) : self
    }
}

/// A value that is stored as a row, with one column for each property.
///
/// Nested values are stored as JSON, and dates as seconds since 1970.
protocol Record: Codable, FetchableRecord, MutablePersistableRecord {}

extension Record {
    /// The rows that `sql` selects, without those that cannot be decoded.
    ///
    /// If another version of the bot wrote a row, or the disk damaged it, the other rows must still be readable.
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

// Identifiers are stored as plain integers.
extension RunID: DatabaseValueConvertible {}
extension JobID: DatabaseValueConvertible {}
extension ChatID: DatabaseValueConvertible {}
extension UserID: DatabaseValueConvertible {}
extension MessageID: DatabaseValueConvertible {}
extension ThreadID: DatabaseValueConvertible {}
extension UpdateID: DatabaseValueConvertible {}
extension TopicID: DatabaseValueConvertible {}
extension DelayedPostID: DatabaseValueConvertible {}
extension ImageID: DatabaseValueConvertible {}
extension InvitationID: DatabaseValueConvertible {}
extension OutboxID: DatabaseValueConvertible {}
extension EngineName: DatabaseValueConvertible {}
