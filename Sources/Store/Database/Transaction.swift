import GRDB

/// One transaction of the store.
///
/// Extensions add the operations of each table. Do not use a transaction after the closure that received it has
/// returned.
package final class Transaction {
    /// The changed tables, if a loop of the bot waits for changes of them.
    ///
    /// The store wakes those loops after the commit.
    struct Touched: OptionSet, Sendable {
        let rawValue: Int
        static let jobs = Touched(rawValue: 1)
        static let outbox = Touched(rawValue: 2)
    }

    let db: Database
    var touched: Touched = []
    /// How many of the changed rows are only words to people, and do nothing else.
    var wordChanges = 0

    init(_ db: Database) {
        self.db = db
    }
}
