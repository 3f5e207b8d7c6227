import Contract
import Foundation
import Store
import Testing

/// Noon of a day on which nothing else happens; tests count seconds from it.
let noon = Date(timeIntervalSince1970: 1_790_000_000)

extension Origin {
    static func chat(_ chat: ChatID) -> Origin { Origin(chat: chat, user: 7, userName: "Ada") }
}

extension Work {
    static let training = Work.train(TrainArguments(dataset: BlobID(bytes: Array(1...32))))
}

extension NewMessage {
    static func reply(_ text: String, chat: ChatID = 1, at date: Date = noon) -> NewMessage {
        NewMessage(.reply(payload: text), chat: chat, createdAt: date)
    }
}

extension Transaction {
    /// Inserts a run of `chat`, whose job waits.
    @discardableResult
    func insertRun(chat: ChatID = 1, at date: Date = noon) throws -> Run {
        try insert(NewRun(work: .training, origin: .chat(chat), createdAt: date)) { id in
            NewJob(runID: id, work: .training, origin: .chat(chat), createdAt: date)
        }
    }
}
