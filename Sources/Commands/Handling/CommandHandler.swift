import Contract
import Foundation
import Jobs
import Store
import Telegram

/// Handles one update: it knows who did what and where, and holds the transaction of everything that follows.
///
/// Extensions in the other folders hold the commands, each beside the texts that it answers with.
struct CommandHandler {
    let transaction: Transaction
    let update: ChatUpdate
    let access: Access
    let policy: ChatPolicy
    let now: Date

    var origin: Origin {
        Origin(
            chat: update.chat,
            thread: update.thread,
            message: update.message,
            user: update.user,
            userName: update.userName
        )
    }

    /// Does what `command` asks for, if this person's role allows it.
    func perform(_ command: Command) throws {
        guard access.has(command.word.role) else { return try reply(denial) }
        switch command {
        case .start(let code): try start(code)
        case .help(let topic): try reply(HelpText.page(topic))
        case .train(let request): try train(request)
        case .chooseTraining: try offerDatasets()
        case .status(let run): try status(run)
        case .runs(let filter): try runs(filter, page: 1)
        case .events(let run): try events(run)
        case .notify(let run, let isOn): try notify(run, isOn: isOn)
        case .mute(let request): try mute(request)
        case .members: try members()
        case .cancel(let run): try cancel(run)
        case .retry(let run): try retry(run)
        case .logs(let run): try logs(run)
        case .predict(let request): try predict(request)
        case .verify(let subject): try verify(subject)
        case .register(let name): try register(name)
        case .unregister(let name): try unregister(name)
        case .list: try listTopics()
        case .build: try build()
        case .images: try images()
        case .invite(let role): try invite(as: role)
        }
    }

    /// The most looks that one message starts.
    private static let mostLooks = 5

    /// Enqueues a look at each pasted blob.
    func enqueueLooks(at blobs: [BlobID]) throws {
        guard access.mayLook else { return try reply(denial) }
        for blob in blobs.prefix(Self.mostLooks) {
            try transaction.enqueueLook(at: blob, origin: origin, at: now)
        }
        if blobs.count > Self.mostLooks {
            try reply(HelpText.tooManyBlobs(blobs.count, limit: Self.mostLooks))
        }
    }

    /// Answers a text without a command: always in a private chat, never in a group, where people talk to each other.
    func answerTalk() throws {
        guard update.isPrivate else { return }
        try reply(access.role == nil ? denial : HelpText.hint)
    }

    /// Answers a wrong command.
    func refuse(_ error: UsageError) throws {
        // A stranger is told nothing about commands.
        guard access.role != nil else { return try reply(denial) }
        // In a group, an unknown command may be another bot's.
        guard error.word != nil || update.isPrivate else { return }
        try reply(RefusalText.usage(error))
    }

    /// Why this person's role is not enough.
    var denial: Answer { RefusalText.denied(update.user, access.role) }
}

// MARK: - Answers

extension CommandHandler {
    /// Enqueues an answer for this chat.
    func reply(_ answer: Answer) throws {
        var answer = answer
        if answer.replyTo == nil, answer.edits == nil, !update.isPrivate { answer.replyTo = update.message }
        try transaction.enqueue(.reply(answer, chat: update.chat, thread: update.thread, at: now))
    }

    /// Enqueues an answer in place of the message whose button was pressed; for anything but a button, as a new message.
    func replyInPlace(_ answer: Answer) throws {
        var answer = answer
        if case .press = update.content { answer.edits = update.message }
        try reply(answer)
    }
}

// MARK: - Runs

extension CommandHandler {
    /// The run with that number, where this person may see it from this chat.
    func visibleRun(_ id: RunID) throws -> Run? { try access.visibleRun(id, in: transaction) }

    /// The run with that number, else the latest of the chat; where there is none, answers so.
    func namedOrLatest(_ id: RunID?) throws -> Run? {
        let latest = try transaction.runs(ofChat: update.chat, limit: 1).first
        if let run = try id.map({ try visibleRun($0) }) ?? latest { return run }
        try reply(id.map(RefusalText.noRun) ?? HelpText.noRuns)
        return nil
    }

    /// Why the work cannot be started on the engine now, or not by this person; nil where it can.
    func refusal(of work: Work, on engine: EngineName = .local) throws -> Answer? {
        if engine.isPaid {
            guard access.mayUse(engine) else { return denial }
            guard policy.dailyBudget > 0 else { return PriceText.noBudget }
        }
        if policy.imageEngines.contains(engine), try transaction.images(limit: 1).isEmpty {
            return ImagesText.noImage(for: engine)
        }
        guard work.kind == .build else { return nil }
        guard access.mayBuild else { return denial }
        return try transaction.openBuild()?.runID.map(ImagesText.alreadyBuilding)
    }
}
