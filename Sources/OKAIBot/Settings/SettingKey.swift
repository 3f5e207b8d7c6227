import Contract
import Walrus

/// The settings; the raw value is the name of a setting in the environment and in the configuration file.
enum SettingKey: String, CaseIterable {
    case telegramToken = "TELEGRAM_BOT_TOKEN"
    case telegramURL = "TELEGRAM_API_URL"
    case host = "WEBHOOK_HOST"
    case port = "WEBHOOK_PORT"
    case publicURL = "PUBLIC_URL"
    case dataFolder = "OKAI_DATA_DIR"
    case admins = "OKAI_ADMINS"
    case engine = "OKAI_ENGINE"
    case maxLocalWorkers = "OKAI_MAX_LOCAL_WORKERS"
    case lease = "OKAI_LEASE_SECONDS"
    case commands = "OKAI_COMMANDS"
    case bodyLimit = "OKAI_BODY_LIMIT"
    case attachmentLimit = "OKAI_ATTACHMENT_LIMIT"
    case secretRate = "OKAI_SECRET_RATE"
    case addressRate = "OKAI_ADDRESS_RATE"
    case mutedPosts = "OKAI_MUTED_POSTS"
    case mutedDays = "OKAI_MUTED_DAYS"
    case connectionsPerAddress = "OKAI_CONNECTIONS_PER_ADDRESS"
    case aggregators = "WALRUS_AGGREGATOR_URL"
    case publisher = "WALRUS_PUBLISHER_URL"
    case epochs = "WALRUS_EPOCHS"
    case blobLimit = "OKAI_BLOB_LIMIT"
    case publisherSecret = "WALRUS_PUBLISHER_JWT_SECRET"
    case publisherSeconds = "WALRUS_PUBLISHER_JWT_SECONDS"
    case graphQL = "SUI_GRAPHQL_URL"
    case systemObject = "WALRUS_SYSTEM_OBJECT"
    case package = "WALRUS_PACKAGE"
    case storageNodes = "OKAI_WALRUS_NODES"
    case imageFolder = "OKAI_IMAGE_DIR"
    case imageURL = "OKAI_IMAGE_URL"
    case imageCommand = "OKAI_IMAGE_COMMAND"
    case vmImage = "OKAI_VM_IMAGE"
    case vmNetwork = "OKAI_VM_NETWORK"
    case vmMemory = "OKAI_VM_MEMORY"
    case maxVMs = "OKAI_MAX_VMS"
    case accelerator = "OKAI_QEMU_ACCEL"
    case fluenceKey = "FLUENCE_API_KEY"
    case fluenceURL = "FLUENCE_API_URL"
    case fluenceCluster = "FLUENCE_CLUSTER"
    case fluenceConfiguration = "FLUENCE_CONFIGURATION"
    case dailyBudget = "OKAI_DAILY_BUDGET_USD"
    case logLevel = "LOG_LEVEL"

    /// The default value; nil if the setting has no default.
    var fallback: String? { row.fallback }

    /// What the setting means, in one phrase.
    var meaning: String { row.meaning }

    /// Whether the value is a secret, which can also come from a file; see ``SecretFile``.
    var isSecret: Bool { [.telegramToken, .publisherSecret, .fluenceKey].contains(self) }

    /// Whether an empty value has a meaning; for other settings, an empty value is treated like a missing one.
    var mayBeEmpty: Bool { self == .graphQL }

    /// The default and the meaning of the setting.
    private var row: (fallback: String?, meaning: String) {
        switch self {
        case .telegramToken: (nil, "the token from BotFather; serve needs it")
        case .telegramURL: ("https://api.telegram.org", "Telegram, or a Bot API server of your own")
        case .host: ("127.0.0.1", "the address on which the HTTP server listens")
        case .port: ("8888", "the port of the HTTP server; 0: any free port, which is logged")
        case .publicURL: (nil, "the URL at which scripts and machines reach the bot; default: host and port")
        case .dataFolder: ("./okai-data", "the folder for the database and all files")
        case .admins: (nil, "Telegram user ids of the owners, separated by commas; owners are admins")
        case .engine:
            (
                EngineName.local.rawValue,
                "the engine for commands without engine=: "
                    + EngineName.allCases.map(\.rawValue).joined(separator: ", ")
            )
        case .maxLocalWorkers: ("1", "how many trainings and verifications may run at once on this machine")
        case .lease: ("60", "how long a worker may send no report before it is treated as lost, in seconds")
        case .commands: (nil, "your own training commands for command=, as name=/path, separated by commas")
        case .bodyLimit: ("1048576", "the largest post to a topic, in bytes")
        case .attachmentLimit: ("15728640", "the largest file that can be posted to a topic, in bytes")
        case .secretRate: ("6000", "the most requests per minute with one secret or token")
        case .addressRate: ("60000", "the most requests per minute from one IP address")
        case .mutedPosts: ("1000", "the most posts that are kept for a chat that cannot be written to")
        case .mutedDays: ("7", "how many days messages are kept for a chat that cannot be written to")
        case .connectionsPerAddress:
            ("64", "the most open connections from one IP address, and requests at once behind a proxy")
        case .aggregators:
            (
                "https://aggregator.walrus-testnet.walrus.space",
                "the URLs of aggregators, separated by commas; embedded: the bot is the aggregator"
            )
        case .publisher:
            (
                "https://publisher.walrus-testnet.walrus.space",
                "the URL of the publisher; embedded: the bot is the publisher"
            )
        case .epochs: ("5", "the number of epochs for which blobs are stored")
        case .blobLimit: ("10485760", "the largest blob that the embedded Walrus stores, in bytes")
        case .publisherSecret:
            (nil, "the secret of a publisher that requires tokens: text, or hexadecimal after 0x")
        case .publisherSeconds:
            (
                "\(PublisherSecret.usualLifetime)",
                "the lifetime of tokens that the publisher wants (its --jwt-expiring-sec), in seconds; 0: any"
            )
        case .graphQL:
            ("testnet", "the chain to ask about blobs: testnet, mainnet or a URL; empty: none")
        case .systemObject:
            (nil, "the address of Walrus' system object; default: the one of testnet or mainnet")
        case .package: (nil, "the address of Walrus' package; default: the package of the system object")
        case .storageNodes:
            (
                nil,
                "the URLs of storage nodes to ask about blobs, separated by commas; default: those on the chain"
            )
        case .imageFolder:
            (nil, "the folder in which images are published; default: images in the data folder")
        case .imageURL: (nil, "the URL at which Caddy serves the images; default: /images at PUBLIC_URL")
        case .imageCommand:
            (nil, "the command of /build, such as image/debian/build --worker okai-worker")
        case .vmImage:
            (nil, "the path or URL of the image of engine vm; default: the newest image of /build")
        case .vmNetwork: ("bot", "what machines of engine vm can reach: bot, or open (bot and network)")
        case .vmMemory: ("1024", "the memory of a machine of engine vm, in MiB")
        case .maxVMs: ("1", "how many machines of engine vm may run at once")
        case .accelerator: ("tcg", "qemu's accelerator: tcg, or kvm if the processor supports it")
        case .fluenceKey: (nil, "the API key of the Fluence account that pays for machines")
        case .fluenceURL: ("https://api.fluence.dev", "the URL of Fluence's HTTP interface")
        case .fluenceCluster:
            (nil, "the id or name of the cluster to try first; default: the one with the lowest id")
        case .fluenceConfiguration: (nil, "the slug of the machines to rent; default: the smallest")
        case .dailyBudget: ("0", "the most money for machines in 24 hours, in dollars; 0: rent no machines")
        case .logLevel: ("info", "trace, debug, info, notice, warning, error or critical")
        }
    }
}
