import GRDB

/// One transaction of the store; extensions add the operations of each table.
///
/// It must not be used after the closure that received it has returned.
package final class Transaction {
    /// The tables whose bells ring after the commit.
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
