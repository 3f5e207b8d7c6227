import Contract
import Foundation
import Jobs
import Store
import Telegram

/// Reads a message again whose text its author has changed, unless the former text was acted on.
extension CommandHandler {
    /// How long after it was sent a message is read again, in seconds.
    private static let patience: TimeInterval = 900

    /// Whether to handle the new text of a message.
    ///
    /// If the bot acted on the former text, says so, once for each message.
    func readsAgain(_ text: String, with parser: CommandParser) throws -> Bool {
        guard let message = update.message else { return false }
        let former = try transaction.reading(ofMessage: message, in: update.chat)
        guard former.map({ !parser.readsSame($0.text, text) }) ?? true else { return false }
        let run = try transaction.latestRun(startedBy: message, inChat: update.chat)
        guard former?.isDone != true, run == nil else {
            let isTalk = parser.isTalk(text)
            if run != nil || !isTalk, try isNews("edit of \(message)") { try reply(RefusalText.edited(run)) }
            return false
        }
        return now.timeIntervalSince(update.sentAt ?? now) < Self.patience
    }

    /// Performs `work`, and keeps what became of the text, so that an edit of it can be handled.
    ///
    /// The answer to an edited text replaces the answer to the former text. Returns whether the bot did more than
    /// answer.
    @discardableResult
    func attending(to text: String, _ work: () throws -> Void) throws -> Bool {
        guard let message = update.message, access.role != nil else {
            try work()
            return false
        }
        let former = update.isEdit ? try transaction.reading(ofMessage: message, in: update.chat) : nil
        let (isDone, answer) = try transaction.observe(update.chat, work)
        guard isDone || answer != nil else { return false }
        if let answer { try replace(former?.answerID, by: answer) }
        try transaction.save(
            Reading(
                chatID: update.chat,
                messageID: message,
                text: String(text.prefix(4_096)),
                isDone: isDone,
                answerID: answer,
                at: now
            )
        )
        return isDone
    }

    private func replace(_ former: OutboxID?, by answer: OutboxID) throws {
        guard let shown = try former.flatMap({ try transaction.outboxMessage($0) })?.messageID,
            var row = try transaction.outboxMessage(answer), let payload = row.payload
        else { return }
        var edited = try Wire.decode(Answer.self, from: Array(payload.utf8))
        edited.edits = shown
        row.payload = String(decoding: try Wire.encode(edited), as: UTF8.self)
        row.messageID = shown
        try transaction.save(row)
    }
}

extension CommandParser {
    /// Whether both texts ask for the same.
    fileprivate func readsSame(_ former: String, _ text: String) -> Bool {
        if former == text { return true }
        let readings = [former, text].map { try? read($0) }  // nil: a wrong command
        return readings[0] == readings[1] && readings[0] != nil
    }

    fileprivate func isTalk(_ text: String) -> Bool {
        do { return [.talk, .foreign].contains(try read(text)) } catch { return false }
    }
}
