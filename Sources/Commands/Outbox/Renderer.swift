import Contract
package import Foundation
import Jobs
package import Store
import Telegram

/// Renders messages of the outbox.
package struct Renderer {
    private let transaction: Transaction
    private let policy: ChatPolicy
    private let now: Date

    package init(in transaction: Transaction, policy: ChatPolicy, now: Date) {
        (self.transaction, self.policy, self.now) = (transaction, policy, now)
    }

    /// Renders the message from the current state of the database; nil if its subject does not exist any more.
    ///
    /// For an address or an invitation, also makes the secret and saves its hash.
    package func render(_ message: OutboxMessage) throws -> RenderedMessage? {
        var rendered = try content(of: message)
        rendered?.isSilent = try Silence.isSilent(message, in: transaction, now: now)
        return rendered
    }

    private func content(of message: OutboxMessage) throws -> RenderedMessage? {
        switch message.content {
        case .reply(let payload)?:
            try answer(try Wire.decode(Answer.self, from: Array(payload.utf8)), in: message.chatID)
        case .liveMessage(let run)?: try transaction.run(run).map(liveMessage)
        case .ended(let run)?: try transaction.run(run).map(end)
        case .card(let job)?: try transaction.job(job).map(result)
        case .address(let topic, let former)?: try address(of: topic, replacing: former, for: message)
        case .invitation(let id)?: try invitation(id, for: message)
        case .post(let post)?: try self.post(post, of: message)
        case nil: nil
        }
    }

    private func answer(_ answer: Answer, in chat: ChatID) throws -> RenderedMessage {
        var rendered = RenderedMessage(answer.text, answer.keyboard, replyTo: answer.replyTo)
        rendered.edits = answer.edits
        if case .posts(let first, let last)? = answer.attachment {
            let size = try transaction.gatheredSize(ofChat: chat, from: first, to: last)
            var file = PostsFile(size)
            try transaction.forEachGatheredPost(ofChat: chat, from: first, to: last) { file.add($1, at: $0) }
            rendered.file = .init(name: "posts.txt", bytes: file.bytes)
        }
        guard case .log(let id)? = answer.attachment, let job = try transaction.run(id)?.job else {
            return rendered
        }
        let log = LogsText.file(try transaction.log(ofJob: job.id))
        guard !log.isEmpty else { return RenderedMessage(LogsText.nothing(run: id).text) }
        rendered.file = .init(name: "run-\(id).log", bytes: Array(log.utf8))
        return rendered
    }

    private func liveMessage(of run: Run) throws -> RenderedMessage {
        let text = RunText(run: run, ahead: try transaction.jobsAhead(of: run.job), now: now)
        return RenderedMessage(
            text.text,
            text.keyboard,
            replyTo: run.origin.message,
            liveMessage: .init(run: run.id, id: run.liveMessage)
        )
    }

    private func end(of run: Run) throws -> RenderedMessage {
        let log = try transaction.log(ofJob: run.job.id, last: EndText.logLines)
        let text = EndText(run: run, policy: policy, log: log)
        var rendered = RenderedMessage(text.text, text.keyboard, replyTo: run.origin.message)
        rendered.picture = text.picture
        return rendered
    }

    /// The result of a job without a run.
    private func result(of job: Job) -> RenderedMessage {
        switch job.work {
        case .predict(let arguments):
            let text = PredictionText(job: job, arguments: arguments)
            var rendered = RenderedMessage(text.text, replyTo: job.origin.message)
            rendered.diskFile = text.file.flatMap { file($0, of: job) }
            return rendered
        case .fetch(let arguments):
            var rendered = RenderedMessage(
                FilesText.fetched(arguments, by: job),
                replyTo: job.origin.message
            )
            if case .fetched(let file)? = job.outcome { rendered.diskFile = self.file(file, of: job) }
            return rendered
        case .train, .look, .store, .verify, .build:
            let text = CardText(job: job, policy: policy)
            return RenderedMessage(text.text, text.keyboard, replyTo: job.origin.message)
        }
    }

    /// The file that the job's worker wrote for the chat; nil if the bot stores no such files.
    private func file(_ file: AnswerFile, of job: Job) -> RenderedMessage.DiskFile? {
        policy.answers.map { .init(name: file.name, path: $0.path(ofJob: job.id)) }
    }

    /// A post; nil if it ends a message that was never sent.
    private func post(_ post: TopicPost, of row: OutboxMessage) throws -> RenderedMessage? {
        var rendered = PostRendering(policy: policy).message(post)
        // A post with a file cannot become the text of an earlier message.
        guard row.subject != nil, rendered.diskFile == nil else { return rendered }
        rendered.edits = try transaction.messageReplaced(by: row)
        return rendered.onlyEdits && rendered.edits == nil ? nil : rendered
    }

    /// The message with the address of a topic, and a new secret in it.
    private func address(of id: TopicID, replacing former: Date?, for message: OutboxMessage) throws
        -> RenderedMessage?
    {
        guard let topic = try transaction.topic(id) else { return nil }
        let secret = Secret.random()
        try transaction.setSecretHash(secret.hash, ofTopic: id)
        let text = TopicsText.address(of: topic, replacing: former, secret: secret.text, policy: policy)
        return secretMessage(text, "address", of: topic.createdBy, message)
    }

    private func invitation(_ id: InvitationID, for message: OutboxMessage) throws -> RenderedMessage? {
        guard let invitation = try transaction.invitation(id) else { return nil }
        let code = Secret.random()
        try transaction.setCodeHash(code.hash, ofInvitation: id)
        let text = InvitationText.invitation(as: invitation.role, code: code.text, policy: policy)
        return secretMessage(text, "invitation", of: invitation.createdBy, message)
    }

    /// A message with a secret that `person` has asked for.
    private func secretMessage(_ text: HTMLText, _ what: String, of person: UserID, _ message: OutboxMessage)
        -> RenderedMessage
    {
        // An earlier message with another secret may have come, even if a gateway answered 5xx to it, and its secret
        // opens nothing now.
        let replaces = HTMLText.bold(
            "Use this one instead: the \(what) in the message before, if there is one, opens nothing any more."
        )
        var rendered = RenderedMessage(message.repeats + message.tries > 0 ? text + "\n\n" + replaces : text)
        // In a group, everybody who reads a secret could use it.
        if message.chatID.isGroup { rendered.onlyFor = person }
        return rendered
    }
}
