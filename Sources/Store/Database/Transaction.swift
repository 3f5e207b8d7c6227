import GRDB

/// The verbs of the store, inside one transaction; extensions hold those of each table.
///
/// A transaction lives only within the closure that it was given to.
package final class Transaction {
    /// What a transaction changed that somebody waits for.
    struct Touched: OptionSet, Sendable {
        let rawValue: Int
        static let jobs = Touched(rawValue: 1)
        static let outbox = Touched(rawValue: 2)
    }

    let db: Database
    var touched: Touched = []

    init(_ db: Database) {
        self.db = db
    }
}
