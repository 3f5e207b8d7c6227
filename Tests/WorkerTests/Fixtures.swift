import Contract
import Foundation

extension Assignment {
    static func make(
        _ work: Work,
        walrus: String = "http://127.0.0.1:1",
        deadline: Date = Date(timeIntervalSinceNow: 3600)
    ) -> Assignment {
        Assignment(
            job: 7,
            work: work,
            walrus: WalrusAccess(
                aggregators: [walrus],
                publisher: walrus,
                epochs: 5,
                authorization: .lease
            ),
            leaseSeconds: 60,
            deadline: deadline
        )
    }
}

extension BlobID {
    /// The ID of no blob.
    static let some = BlobID(bytes: Array(1...32))
}
