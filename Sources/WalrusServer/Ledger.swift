import Contract
import Foundation
import Synchronization

/// What was bought for each blob, in a file beside the blob's.
///
/// Nothing depends on it but what a store answers. So a file that cannot be read or written is as if it were not there.
final class Ledger: Sendable {
    private let folder: String
    /// One purchase at a time.
    private let lock = Mutex(())

    init(folder: String) { self.folder = folder }

    /// The object that gives what `query` asks for, and whether it was bought now.
    ///
    /// As in Walrus, an object is bought if the blob is new, if none lasts long enough, or if the query forces it.
    func buy(_ id: BlobID, for query: StoreQuery, isNewBlob: Bool) -> (purchase: Purchase, isNew: Bool) {
        lock.withLock { _ in
            var purchases = isNewBlob ? [] : purchases(of: id)
            if !query.isForced, let best = best(of: purchases, for: query) { return (best, false) }
            // A blob whose purchases are unknown was stored without a store request, or by an older version.
            let isNew = isNewBlob || query.isForced || !purchases.isEmpty
            let purchase = Purchase(query)
            // So the file stays small, however often a store is forced.
            purchases.removeAll { purchase.replaces($0) }
            purchases.append(purchase)
            save(purchases, of: id)
            return (purchase, isNew)
        }
    }

    private func best(of purchases: [Purchase], for query: StoreQuery) -> Purchase? {
        purchases.filter { $0.satisfies(query) }.max { $0.endEpoch < $1.endEpoch }
    }

    private func purchases(of id: BlobID) -> [Purchase] {
        guard let data = FileManager.default.contents(atPath: path(of: id)) else { return [] }
        return (try? JSONDecoder().decode([Purchase].self, from: data)) ?? []
    }

    private func save(_ purchases: [Purchase], of id: BlobID) {
        let data = try? JSONEncoder().encode(purchases)
        try? data?.write(to: URL(filePath: path(of: id)), options: .atomic)
    }

    private func path(of id: BlobID) -> String { "\(folder)/\(id).bought" }
}
