import Contract
import Foundation
import Jobs
import Store
import Telegram

/// One thing that a person did, being answered: who it was, where, and the transaction that holds all that follows.
struct Turn {
    let transaction: Transaction
    let incoming: Incoming
    /// Nil: a stranger.
    let role: Role?
    let policy: ChatPolicy
    let now: Date

    var permissions: Permissions { Permissions(policy: policy) }

    var origin: Origin {
        Origin(
            chat: incoming.chat,
            thread: incoming.topic,
            message: incoming.message,
            user: incoming.user,
            userName: incoming.userName
        )
    }

    /// Does what `command` asks, for whoever may.
    func perform(_ command: Command) throws {
        guard permissions.mayUse(command.word, role) else {
            return try say(Words.denied(incoming.user, role))
        }
        switch command {
        case .start(let code): try start(code)
        case .help: try say(Words.help)
        case .train(let request): try train(request)
        case .status(let run): try status(run)
        case .chooseTraining: try offerDatasets()
        case .runs(let filter): try runs(filter, page: 1)
        case .events(let run): try events(run)
        case .notify(let run, let isOn): try notify(run, isOn: isOn)
        case .mute(let mute): try self.mute(mute)
        case .members: try members()
        case .cancel(let run): try cancel(run)
        case .retry(let run): try retry(run)
        case .logs(let run): try logs(run)
        case .predict(let request): try predict(request)
        case .verify(let request): try verify(request)
        case .register(let name): try register(name)
        case .unregister(let name): try unregister(name)
        case .build: try build()
        case .images:
            try say(ImageWords.list(try transaction.images(limit: 10), role: role, policy: policy, now: now))
        case .list: try say(TopicWords.list(try transaction.topics(ofChat: incoming.chat)))
        case .invite(let role): try invite(as: role)
        }
    }

    /// How many blobs one message may ask for.
    private static let mostCards = 5

    /// Has each pasted blob looked at.
    func look(at blobs: [BlobID]) throws {
        guard permissions.mayLook(role) else { return try say(Words.denied(incoming.user, role)) }
        for blob in blobs.prefix(Self.mostCards) {
            try transaction.look(at: blob, origin: origin, at: now)
        }
        if blobs.count > Self.mostCards { try say(Words.firstBlobs(Self.mostCards, of: blobs.count)) }
    }

    /// In private every word gets an answer; in a group people also talk to each other.
    func smallTalk() throws {
        guard incoming.isPrivate else { return }
        try say(role == nil ? Words.denied(incoming.user, role) : Words.hint)
    }

    func refuse(_ error: UsageError) throws {
        // A stranger learns nothing of commands, and a group's unknown command may be another bot's.
        guard role != nil else { return try say(Words.denied(incoming.user, role)) }
        guard error.word != nil || incoming.isPrivate else { return }
        try say(Words.usage(error))
    }

    func say(_ answer: Answer) throws {
        var answer = answer
        if answer.replyTo == nil, answer.edits == nil, !incoming.isPrivate {
            answer.replyTo = incoming.message
        }
        try transaction.enqueue(.reply(answer, chat: incoming.chat, thread: incoming.topic, at: now))
    }

    /// Says something to a person elsewhere: a private chat's id is the person's.
    func tell(_ user: Int64, _ answer: Answer) throws {
        try transaction.enqueue(.reply(answer, chat: user, at: now))
    }
}
