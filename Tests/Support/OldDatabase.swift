import Foundation

/// The database of commit 17ac147, the first from which every later build upgrades.
///
/// Its dump holds a row of every kind and state; the head of the dump lists them.
package enum OldDatabase {
    /// Writes the database to a new file at `path`.
    package static func write(to path: String) throws {
        try SQLite.execute(
            try String(contentsOf: folder.appending(path: "17ac147.sql"), encoding: .utf8),
            on: path
        )
    }

    /// The receipts of its runs, as the worker stored them: one JSON object a line.
    package static var receipts: [String] {
        get throws {
            try String(contentsOf: folder.appending(path: "17ac147-receipts.jsonl"), encoding: .utf8)
                .split(separator: "\n").map(String.init)
        }
    }

    private static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../StoreTests/Data")
            .standardized
    }
}
