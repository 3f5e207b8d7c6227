import Contract
import Foundation
import Jobs
import Store
import Telegram

/// Handles one update in one transaction.
///
/// Extensions in the other folders hold the commands. The texts of the answers are in the same folders.
struct CommandHandler {
    let transaction: Transaction
    let update: ChatUpdate
    let access: Access
    let policy: ChatPolicy
    let now: Date
    let refusals = Refusals()

    var origin: Origin {
        Origin(
            chat: update.chat,
            thread: update.thread,
            message: update.message,
            user: update.user,
            userName: update.userName
        )
    }

    /// Performs the command, if the role of the person allows it.
    func perform(_ command: Command) throws {
        guard access.has(command.word.role) else {
            return try refuse(denial("/\(command.word.rawValue)", needs: command.word.role))
        }
        switch command {
        case .start(let code): try start(code)
        case .help(let topic): try help(topic)
        case .train(let request): try train(request)
        case .chooseTraining: try offerDatasets()
        case .status(let run): try status(run)
        case .runs(let filter): try runs(filter, page: 1)
        case .events(let run): try events(run)
        case .notify(let run, let isOn): try notify(run, isOn: isOn)
        case .mute(let request): try mute(request)
        case .members: try members()
        case .cancel(let request): try cancel(request)
        case .retry(let request): try retry(request)
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

    /// The largest number of blobs in one message that the bot looks at.
    private static let mostLooks = 5

    /// For each of the first ``mostLooks`` pasted blobs, enqueues a job that looks at the blob.
    func enqueueLooks(at blobs: [BlobID]) throws {
        guard access.mayLook else { return try refuse(strangerDenial) }
        for blob in blobs.prefix(Self.mostLooks) {
            try transaction.enqueueLook(at: blob, origin: origin, at: now)
        }
        if blobs.count > Self.mostLooks {
            try reply(HelpText.tooManyBlobs(blobs.count, limit: Self.mostLooks))
        }
    }

    /// Answers a text that is no command.
    ///
    /// Does nothing in a group, where people talk to each other.
    func answerTalk() throws {
        guard update.isPrivate else { return }
        try refuse(reader.map(HelpText.hint) ?? strangerDenial)
    }

    /// Answers a wrong command.
    func refuse(_ error: UsageError) throws {
        // A stranger learns nothing about commands.
        guard access.role != nil else { return try refuse(strangerDenial) }
        // In a group, an unknown command may be another bot's.
        guard error.word != nil || update.isPrivate else { return }
        try refuse(RefusalText.usage(error, inTerminal: reader?.place == .terminal))
    }

    /// Answers why the bot does not do what the person asked for.
    func refuse(_ answer: Answer) throws {
        refusals.count += 1
        try reply(answer)
    }

    /// Why this person cannot use the bot.
    var strangerDenial: Answer { RefusalText.stranger(update.user) }

    /// The answer to a person who may not do `action`, because it needs another role.
    func denial(_ action: String, needs needed: Role?) -> Answer {
        guard let role = access.role, let needed else { return strangerDenial }
        return RefusalText.denied(action, needs: needed, role: role)
    }
}

// MARK: - Answers

extension CommandHandler {
    /// Enqueues an answer for this chat, unless an equal one is waiting.
    func reply(_ answer: Answer) throws {
        var answer = answer
        // What is wrong with one file of an album is often wrong with all.
        if let album = update.album, try !isNews("album \(album): \(answer.text.plain.prefix(200))") {
            return
        }
        if answer.replyTo == nil, answer.edits == nil, !update.isPrivate { answer.replyTo = update.message }
        try transaction.enqueueOnce(.reply(answer, chat: update.chat, thread: update.thread, at: now))
    }

    /// Enqueues an answer that replaces the message of the pressed button; if no button was pressed, a new message.
    func replyInPlace(_ answer: Answer) throws {
        var answer = answer
        if case .press = update.content { answer.edits = update.message }
        try reply(answer)
    }
}

// MARK: - Runs

extension CommandHandler {
    /// The run `id`; nil if there is none, or if this person may not see the run in this chat.
    func visibleRun(_ id: RunID) throws -> Run? { try access.visibleRun(id, in: transaction) }

    /// The run `id`, or the chat's latest run if `id` is nil.
    ///
    /// If there is no such run, replies and returns nil.
    func namedOrLatest(_ id: RunID?) throws -> Run? {
        let latest = try transaction.runs(ofChat: update.chat, limit: 1).first
        if let run = try id.map({ try visibleRun($0) }) ?? latest { return run }
        try refuse(id.map(RefusalText.noRun) ?? HelpText.noRuns)
        return nil
    }

    /// Why this person cannot start the work on the engine now; nil if the person can.
    func refusal(of work: Work, on engine: EngineName = .local) throws -> Answer? {
        if engine.isPaid {
            guard access.mayUse(engine) else { return denial("The engine \(engine)", needs: .admin) }
            guard policy.dailyBudget > 0 else { return PriceText.noBudget(for: engine) }
        }
        if policy.imageEngines.contains(engine), try transaction.images(limit: 1).isEmpty {
            return ImagesText.noImage(for: engine)
        }
        guard work.kind == .build else { return nil }
        guard access.mayBuild else { return denial("/build", needs: .admin) }
        return try transaction.openBuild()?.runID.map(ImagesText.alreadyBuilding)
    }
}
