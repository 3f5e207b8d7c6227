package import Contract
package import Foundation
import Jobs
package import Store
package import Telegram

/// What an outbox row says, drawn from the rows at the moment when it is sent; not yet cut to the size of messages.
package struct Draft: Equatable, Sendable {
    /// The live message of a run, and its id where it was sent already.
    package struct Anchor: Equatable, Sendable {
        package var run: Int64
        package var id: Int64?
    }

    package var text: HTMLText
    package var keyboard: InlineKeyboard?
    package var replyTo: Int64?
    package var anchor: Anchor?
    /// The message that reads otherwise from now on.
    package var edits: Int64?
    /// What goes along, with the text below it.
    package var file: File?
    package var isSilent = false
    /// What goes along from the disk, however long.
    package var longFile: LongFile?

    package struct LongFile: Equatable, Sendable {
        package var name: String
        package var path: String
    }

    package struct File: Equatable, Sendable {
        package var name: String
        package var bytes: [UInt8]
    }
    /// What is to be drawn above it.
    package var picture: PictureRequest?

    init(_ text: HTMLText, _ keyboard: InlineKeyboard?, replyTo: Int64? = nil, anchor: Anchor? = nil) {
        self.text = text
        self.keyboard = keyboard
        self.replyTo = replyTo
        self.anchor = anchor
    }
}

extension ChatPolicy {
    /// Where a file lies that a worker left for the chat; nil where none is kept.
    fileprivate func file(_ file: AnswerFile, ofJob job: Job) -> Draft.LongFile? {
        answers.map { Draft.LongFile(name: file.name, path: $0.path(ofJob: job.id ?? 0)) }
    }
}

extension Draft {
    /// Draws `message`; nil where there is nothing to say any more.
    ///
    /// For an address or an invitation this draws its secret too, and keeps the hash.
    package static func draw(
        _ message: OutboxMessage,
        in transaction: Transaction,
        policy: ChatPolicy,
        now: Date
    ) throws -> Draft? {
        var draft = try content(of: message, in: transaction, policy: policy, now: now)
        draft?.isSilent = try Quiet.isSilent(message, in: transaction, now: now)
        return draft
    }

    private static func content(
        of message: OutboxMessage,
        in transaction: Transaction,
        policy: ChatPolicy,
        now: Date
    ) throws -> Draft? {
        switch message.kind {
        case .reply:
            return try draft(
                of: try Wire.decode(Answer.self, from: Array((message.payload ?? "").utf8)),
                transaction
            )
        case .anchor:
            guard let id = message.subject, let run = try transaction.run(id) else { return nil }
            let view = RunView(run: run, ahead: try transaction.jobsAhead(of: run.job), now: now)
            let anchor = Anchor(run: id, id: run.run.anchorID)
            return Draft(view.text, view.keyboard, replyTo: run.run.origin.message, anchor: anchor)
        case .ended:
            guard let id = message.subject, let run = try transaction.run(id) else { return nil }
            let log = try transaction.log(ofJob: run.job.id ?? 0, last: EndView.logLines)
            let view = EndView(run: run, policy: policy, log: log)
            var draft = Draft(view.text, view.keyboard, replyTo: run.run.origin.message)
            draft.picture = view.picture
            return draft
        case .card:
            guard let id = message.subject, let job = try transaction.job(id) else { return nil }
            if case .predict(let arguments) = job.work {
                let view = PredictView(job: job, arguments: arguments)
                var draft = Draft(view.text, nil, replyTo: job.origin.message)
                draft.longFile = view.file.flatMap { policy.file($0, ofJob: job) }
                return draft
            }
            if case .fetch(let arguments) = job.work {
                var draft = Draft(FileWords.brought(arguments, by: job), nil, replyTo: job.origin.message)
                if case .fetched(let file)? = job.outcome { draft.longFile = policy.file(file, ofJob: job) }
                return draft
            }
            let view = CardView(job: job, policy: policy)
            return Draft(view.text, view.keyboard, replyTo: job.origin.message)
        case .address:
            guard let id = message.subject, let topic = try transaction.topic(id) else { return nil }
            let secret = Secret.random()
            try transaction.setSecretHash(secret.hash, ofTopic: id)
            return Draft(TopicWords.address(of: topic, secret: secret.text, policy: policy), nil)
        case .invitation:
            guard let id = message.subject, let invitation = try transaction.invitation(id) else {
                return nil
            }
            let code = Secret.random()
            try transaction.setCodeHash(code.hash, ofInvitation: id)
            return Draft(PeopleWords.invitation(as: invitation.role, code: code.text, policy: policy), nil)
        case .notification:
            let post = Store.Notification(payload: message.payload ?? "")
            return Draft(TopicWords.notification(post), TopicWords.buttons(for: post, policy: policy))
        }
    }

    private static func draft(of answer: Answer, _ transaction: Transaction) throws -> Draft {
        var draft = Draft(answer.text, answer.keyboard, replyTo: answer.replyTo)
        draft.edits = answer.edits
        guard case .log(let number)? = answer.attachment, let job = try transaction.run(number)?.job else {
            return draft
        }
        let log = LogWords.file(try transaction.log(ofJob: job.id ?? 0))
        guard !log.isEmpty else { return Draft(LogWords.nothing(run: number).text, nil) }
        draft.file = File(name: "run-\(number).log", bytes: Array(log.utf8))
        return draft
    }
}
