/// Everything that can be configured: by environment variable, else in the file, else as it stands here.
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
    case secretRate = "OKAI_SECRET_RATE"
    case addressRate = "OKAI_ADDRESS_RATE"
    case aggregators = "WALRUS_AGGREGATOR_URL"
    case publisher = "WALRUS_PUBLISHER_URL"
    case epochs = "WALRUS_EPOCHS"
    case blobLimit = "OKAI_BLOB_LIMIT"
    case publisherSecret = "WALRUS_PUBLISHER_JWT_SECRET"
    case graphQL = "SUI_GRAPHQL_URL"
    case systemObject = "WALRUS_SYSTEM_OBJECT"
    case package = "WALRUS_PACKAGE"
    case logLevel = "LOG_LEVEL"

    /// Nil: there is no default.
    var fallback: String? {
        switch self {
        case .telegramToken, .publicURL, .admins, .commands, .publisherSecret, .systemObject, .package: nil
        case .telegramURL: "https://api.telegram.org"
        case .host: "127.0.0.1"
        case .port: "8888"
        case .dataFolder: "./okai-data"
        case .engine: "local"
        case .maxLocalWorkers: "1"
        case .lease: "60"
        case .bodyLimit: "1048576"
        case .secretRate: "6000"
        case .addressRate: "60000"
        case .aggregators: "https://aggregator.walrus-testnet.walrus.space"
        case .publisher: "https://publisher.walrus-testnet.walrus.space"
        case .epochs: "5"
        case .blobLimit: "10485760"
        case .graphQL: "testnet"
        case .logLevel: "info"
        }
    }

    var isSecret: Bool { self == .telegramToken || self == .publisherSecret }

    /// Whether an empty value is one, and not the same as none.
    var mayBeEmpty: Bool { self == .graphQL }

    var meaning: String {
        switch self {
        case .telegramToken: "from BotFather; serve needs it"
        case .telegramURL: "Telegram, or a local Bot API server"
        case .host: "where the HTTP server listens"
        case .port: "on which port; 0: any free one, printed"
        case .publicURL: "how scripts reach it from outside; default: host and port"
        case .dataFolder: "where everything is kept"
        case .admins: "Telegram user ids that may do everything, separated by commas"
        case .engine: "where workers run when a command names no engine: local"
        case .maxLocalWorkers: "trainings at once on this machine"
        case .lease: "how long a worker may be silent before it is given up, in seconds"
        case .commands: "training commands of your own for command=, as name=/path, separated by commas"
        case .bodyLimit: "the largest post to a topic, in bytes"
        case .secretRate: "requests a minute with one secret or token"
        case .addressRate: "requests a minute from one address"
        case .aggregators: "where blobs are read, separated by commas; embedded: inside the bot"
        case .publisher: "where blobs are stored; embedded: inside the bot"
        case .epochs: "for how many epochs blobs are stored"
        case .blobLimit: "the largest blob that the embedded Walrus takes, in bytes"
        case .publisherSecret: "shared with a publisher that asks for tokens: text, or hexadecimal behind 0x"
        case .graphQL: "where the chain is asked about blobs: testnet, mainnet or a URL; empty: nowhere"
        case .systemObject: "Walrus' system object on that chain; default: that of testnet or mainnet"
        case .package: "Walrus' package in type names; default: that of the system object"
        case .logLevel: "trace, debug, info, notice, warning, error or critical"
        }
    }
}
