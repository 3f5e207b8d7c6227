import Contract
import Foundation
import Store
import Testing

/// Noon of a day on which nothing else happens; tests count seconds from it.
let noon = Date(timeIntervalSince1970: 1_790_000_000)

extension Origin {
    static func chat(_ chat: Int64) -> Origin { Origin(chat: chat, user: 7, userName: "Ada") }
}

extension Work {
    static let training = Work.train(TrainArguments(dataset: BlobID(bytes: Array(1...32))))
}

extension OutboxMessage {
    static func reply(_ text: String, chat: Int64 = 1, at date: Date = noon) -> OutboxMessage {
        OutboxMessage(chatID: chat, kind: .reply, payload: text, createdAt: date)
    }
}

extension Transaction {
    /// A run of `chat` with a job in its queue.
    func startRun(chat: Int64 = 1, at date: Date = noon) throws -> RunAndJob {
        let run = try insert(Run(work: .training, origin: .chat(chat), createdAt: date))
        _ = try insert(Job(runID: run.id, work: .training, origin: .chat(chat), createdAt: date))
        return try #require(try self.run(run.id ?? 0))
    }
}
