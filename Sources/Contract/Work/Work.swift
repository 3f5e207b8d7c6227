/// The work of one job: its kind, and the arguments of that kind.
package enum Work: Equatable, Sendable {
    case train(TrainArguments)
    case look(LookArguments)
    case store(StoreArguments)
    case predict(PredictArguments)
    case fetch(FetchArguments)
    case verify(VerifyArguments)
    case build(BuildArguments)

    private var arguments: any WorkArguments {
        switch self {
        case .train(let arguments): arguments
        case .look(let arguments): arguments
        case .store(let arguments): arguments
        case .predict(let arguments): arguments
        case .fetch(let arguments): arguments
        case .verify(let arguments): arguments
        case .build(let arguments): arguments
        }
    }

    package var kind: JobKind { type(of: arguments).kind }

    /// The time limit of one attempt; nil: the bot's own limit.
    package var timeLimit: Duration? { arguments.hours.map { .seconds($0 * 3_600) } }

    /// The blobs that the worker reads.
    package var blobs: [BlobID] {
        switch self {
        case .train(let arguments): [arguments.dataset]
        case .look(let arguments): [arguments.blob]
        case .predict(let arguments): [arguments.model, arguments.table?.blob].compactMap(\.self)
        case .fetch(let arguments): [arguments.blob]
        case .verify(let arguments): [arguments.blob]
        case .store, .build: []
        }
    }

    /// The chat's file that the worker must pull from the bot; nil if the work needs no file.
    package var chatFile: ChatFile? { arguments.chatFile }
}

/// A JSON object with the fields `kind` and `arguments`.
extension Work: Codable {
    private enum CodingKeys: CodingKey { case kind, arguments }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func arguments<Arguments: WorkArguments>() throws -> Arguments {
            try container.decode(Arguments.self, forKey: .arguments)
        }
        self =
            switch try container.decode(JobKind.self, forKey: .kind) {
            case .train: .train(try arguments())
            case .look: .look(try arguments())
            case .store: .store(try arguments())
            case .predict: .predict(try arguments())
            case .fetch: .fetch(try arguments())
            case .verify: .verify(try arguments())
            case .build: .build(try arguments())
            }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(arguments, forKey: .arguments)
    }
}
