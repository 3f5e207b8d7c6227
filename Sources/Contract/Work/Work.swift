/// What one job asks of a worker: a kind, which is also its name in the database, and that kind's arguments.
package enum Work: Codable, Equatable, Sendable {
    case train(TrainArguments)
    case look(LookArguments)
    case store(StoreArguments)
    case predict(PredictArguments)
    case fetch(FetchArguments)
    case verify(VerifyArguments)
    case build(BuildArguments)

    /// The stable word for this kind of work.
    package var kind: JobKind {
        switch self {
        case .train: .train
        case .look: .look
        case .store: .store
        case .predict: .predict
        case .fetch: .fetch
        case .verify: .verify
        case .build: .build
        }
    }

    /// How long one attempt may take, where the work says so itself.
    package var timeLimit: Duration? {
        let hours =
            switch self {
            case .train(let arguments): arguments.hours
            case .verify(let arguments): arguments.hours
            case .look, .store, .predict, .fetch, .build: Int?.none
            }
        return hours.map { .seconds($0 * 3_600) }
    }

    /// The chat's file that it needs; nil where it needs none.
    package var file: ChatFile? {
        switch self {
        case .store(let arguments): arguments.file
        case .predict(let arguments): arguments.table?.file
        case .train, .look, .fetch, .verify, .build: nil
        }
    }

    private enum CodingKeys: CodingKey { case kind, arguments }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self =
            switch try container.decode(JobKind.self, forKey: .kind) {
            case .train: .train(try container.decode(TrainArguments.self, forKey: .arguments))
            case .look: .look(try container.decode(LookArguments.self, forKey: .arguments))
            case .store: .store(try container.decode(StoreArguments.self, forKey: .arguments))
            case .predict: .predict(try container.decode(PredictArguments.self, forKey: .arguments))
            case .fetch: .fetch(try container.decode(FetchArguments.self, forKey: .arguments))
            case .verify: .verify(try container.decode(VerifyArguments.self, forKey: .arguments))
            case .build: .build(try container.decode(BuildArguments.self, forKey: .arguments))
            }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        switch self {
        case .train(let arguments): try container.encode(arguments, forKey: .arguments)
        case .build(let arguments): try container.encode(arguments, forKey: .arguments)
        case .look(let arguments): try container.encode(arguments, forKey: .arguments)
        case .store(let arguments): try container.encode(arguments, forKey: .arguments)
        case .predict(let arguments): try container.encode(arguments, forKey: .arguments)
        case .fetch(let arguments): try container.encode(arguments, forKey: .arguments)
        case .verify(let arguments): try container.encode(arguments, forKey: .arguments)
        }
    }
}

/// The kinds of work, as they stand in the database and on the wire.
package enum JobKind: String, Codable, CaseIterable, Sendable {
    /// Pulls a dataset, trains a model on it and pushes model and receipt.
    case train
    /// Looks at a blob: how large it is, what it holds.
    case look
    /// Stores a file that was sent to a chat.
    case store
    /// Says what a model makes of a few rows.
    case predict
    /// Brings a blob to a chat as a file.
    case fetch
    /// Recomputes what can be known of a blob, and trains again where it is a receipt.
    case verify
    /// Makes the image of a virtual machine.
    case build
}

/// Train a model on one dataset.
package struct TrainArguments: Codable, Equatable, Sendable {
    package var dataset: BlobID
    package var parameters: TrainParameters
    /// How long one attempt may take; nil: as long as the bot allows any.
    package var hours: Int?

    /// What one attempt may take where nobody says otherwise, and at most, in hours.
    package static let usualHours = 24
    package static let hoursAllowed = 1...168

    package init(dataset: BlobID, parameters: TrainParameters = .init(), hours: Int? = nil) {
        self.dataset = dataset
        self.parameters = parameters
        self.hours = hours
    }
}

/// Describe one blob.
package struct LookArguments: Codable, Equatable, Sendable {
    package var blob: BlobID

    package init(blob: BlobID) {
        self.blob = blob
    }
}

/// Check a file that was sent to a chat, and store it.
package struct StoreArguments: Codable, Equatable, Sendable {
    package var file: ChatFile

    package init(file: ChatFile) {
        self.file = file
    }
}

/// Bring one blob, checked against its ID, to a chat as a file of that name.
package struct FetchArguments: Codable, Equatable, Sendable {
    package var blob: BlobID
    package var name: String

    package init(blob: BlobID, name: String) {
        self.blob = blob
        self.name = name
    }
}

/// Run the configured image command and publish what it made.
package struct BuildArguments: Codable, Equatable, Sendable {
    /// The program and its arguments; the folder for the image follows behind `--out`, the image's settings behind
    /// `--settings`.
    package var command: [String]
    /// Where the image is published.
    package var folder: String
    /// How machines reach the bot, for the image's settings.
    package var bot: String

    package init(command: [String], folder: String, bot: String) {
        self.command = command
        self.folder = folder
        self.bot = bot
    }
}
