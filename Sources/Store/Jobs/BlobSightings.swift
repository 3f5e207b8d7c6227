package import Contract
package import Foundation
import GRDB

extension Transaction {
    /// The sightings of `blobs` by the jobs that ended in the last day before `now`.
    ///
    /// A training has stored its model and its receipt, and has read its dataset.
    package func sightings(of blobs: [BlobID], at now: Date) throws -> [Sighting] {
        // The text is searched first, because parsing long metrics as JSON takes much longer.
        let sql = """
            SELECT MAX(finishedAt) FROM job WHERE finishedAt > :since AND state = 'completed'
            AND kind IN ('train', 'store', 'look') AND (instr(outcome, :blob) > 0 OR instr(work, :blob) > 0)
            AND :blob IN (
                json_extract(outcome, '$.trained.result.model.id'), json_extract(outcome, '$.trained.result.receipt.id'),
                json_extract(outcome, '$.stored.card.blob.id'), json_extract(outcome, '$.looked.card.blob.id'),
                json_extract(work, '$.arguments.dataset')
            )
            """
        let since = now.addingTimeInterval(-86_400).timeIntervalSince1970
        return try blobs.compactMap { blob in
            let arguments: StatementArguments = ["since": since, "blob": "\(blob)"]
            guard let end = try Double.fetchOne(db, sql: sql, arguments: arguments) else { return nil }
            return Sighting(blob: blob, secondsAgo: max(0, Int(now.timeIntervalSince1970 - end)))
        }
    }
}
