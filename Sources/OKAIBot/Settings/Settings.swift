import Contract
import Engines
import Foundation
import HTTP
import Jobs
import Logging
import Store
import Telegram
import Walrus
import Webhook

/// All settings of the bot, read and checked at start.
struct Settings: Sendable {
    enum Walrus: Equatable, Sendable {
        /// The bot itself is the aggregator and the publisher.
        case embedded
        case network(aggregators: [BaseURL], publisher: BaseURL)
    }

    /// The Fluence account, and the choice of machines to rent.
    struct Fluence: Sendable {
        var key: String
        var address: BaseURL
        var cluster: String?
        var configuration: String?
    }

    /// Nil if no token is configured; only `serve` needs the token.
    var telegramToken: BotToken?
    var telegramURL: BaseURL
    var host: String
    var port: Int
    /// The URL at which scripts and machines reach the bot; nil for the URL of `host` and `port`.
    var publicURL: BaseURL?
    var dataFolder: String
    /// The people whom the configuration makes admins.
    var owners: Set<UserID>
    /// The engine for requests that name no engine.
    var engine: EngineName
    var maxLocalWorkers: Int
    var leases = LeaseTerms()
    var commands: TrainingCommands
    var apiLimits = APILimits()
    /// What is kept for chats that cannot be written to.
    var kept = KeptLimits()
    /// The largest file of a post, in bytes.
    var attachmentLimit: Int
    var walrus: Walrus
    /// The number of epochs for which blobs are stored.
    var epochs: Int
    /// The largest blob that the embedded Walrus stores, in bytes.
    var blobLimit: Int
    /// Nil if the publisher requires no tokens.
    var publisherSecret: PublisherSecret?
    /// The chain that tells whether blobs are registered and certified; nil if no chain is configured.
    var chain: SuiNetwork?
    private var configuredImageFolder: String?
    private var configuredImageURL: BaseURL?
    /// The command of `/build`: a program and its arguments; nil if the bot has no `/build`.
    var imageCommand: [String]?
    /// The path or URL of the image that engine vm boots; nil for the newest image that `/build` made.
    var vmImage: String?
    var vmPlan = VMEngine.Plan()
    /// Nil if no account is configured, so that no machines can be rented.
    var fluence: Fluence?
    /// The most money for rented machines in 24 hours, in dollars.
    var dailyBudget: Double
    var logLevel: Logger.Level

    init(_ reader: SettingsReader) throws {
        telegramToken = try Self.telegramToken(reader)
        telegramURL = try Self.url(reader, .telegramURL)
        host = reader.text(.host) ?? ""
        port = try reader.integer(.port, in: 0...65_535)
        publicURL = try reader.text(.publicURL) == nil ? nil : Self.url(reader, .publicURL)
        dataFolder = reader.text(.dataFolder) ?? ""
        owners = try Self.owners(reader)
        engine = try Self.engine(reader)
        maxLocalWorkers = try reader.integer(.maxLocalWorkers, in: 1...64)
        leases.lease = .seconds(try reader.integer(.lease, in: 3...3_600))
        commands = try Self.commands(reader)
        apiLimits.body = try reader.integer(.bodyLimit, in: 1...(1 << 30))
        attachmentLimit = try reader.integer(.attachmentLimit, in: 1...(2_000 << 20))
        apiLimits.requestsPerSecret = try reader.integer(.secretRate, in: 1...(1 << 30))
        apiLimits.requestsPerAddress = try reader.integer(.addressRate, in: 1...(1 << 30))
        kept.posts = try reader.integer(.mutedPosts, in: 1...1_000_000)
        kept.days = try reader.integer(.mutedDays, in: 1...365)
        apiLimits.connectionsPerAddress = try reader.integer(.connectionsPerAddress, in: 1...1_024)
        walrus = try Self.walrus(reader)
        epochs = try reader.integer(.epochs, in: 1...53)
        blobLimit = try reader.integer(.blobLimit, in: 1...CodeShape.network.maximumBlobSize)
        publisherSecret = try Self.publisherSecret(reader)
        chain = try Self.chain(reader)
        configuredImageFolder = reader.text(.imageFolder)
        configuredImageURL = try reader.text(.imageURL) == nil ? nil : Self.url(reader, .imageURL)
        imageCommand = reader.text(.imageCommand)?.split(separator: " ").map(String.init)
        vmImage = reader.text(.vmImage)
        vmPlan.hasNetwork = try Self.oneOf(["bot", "open"], reader, .vmNetwork) == "open"
        vmPlan.memoryMiB = try reader.integer(.vmMemory, in: 256...1_048_576)
        vmPlan.maxMachines = try reader.integer(.maxVMs, in: 1...64)
        vmPlan.accelerator = try Self.oneOf(["tcg", "kvm"], reader, .accelerator)
        fluence = try Self.fluence(reader)
        dailyBudget = try Self.dailyBudget(reader)
        let level = try Self.oneOf(Logger.Level.allCases.map(\.rawValue), reader, .logLevel)
        logLevel = Logger.Level(rawValue: level) ?? .info
    }

    private static func telegramToken(_ reader: SettingsReader) throws(SettingsError) -> BotToken? {
        guard let text = reader.text(.telegramToken) else { return nil }
        do {
            return try BotToken(text)
        } catch {
            let form = "a bot token as BotFather gives it, such as 123456:ABC-def"
            guard let file = reader.file(of: .telegramToken) else { throw .wrong(.telegramToken, text, form) }
            throw .badSecretFile(file, "it does not hold \(form)")
        }
    }

    private static func dailyBudget(_ reader: SettingsReader) throws -> Double {
        let text = reader.text(.dailyBudget) ?? ""
        guard let budget = Double(text), budget >= 0, budget.isFinite else {
            throw SettingsError.wrong(.dailyBudget, text, "a number of dollars, at least 0")
        }
        return budget
    }

    /// The URL at which workers on this machine reach the bot that listens on `port`.
    func localURL(port: Int) -> String {
        let host = ["0.0.0.0", "::"].contains(self.host) ? "127.0.0.1" : self.host
        return "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }

    /// The path of the folder in which images are published.
    var imageFolder: String { configuredImageFolder ?? "\(dataFolder)/images" }

    /// The URL from which machines download images; nil if neither this URL nor the public URL is configured.
    var imageURL: BaseURL? {
        guard let publicURL else { return configuredImageURL }
        return configuredImageURL ?? publicURL.replacingPrefix(with: "/images")
    }

    static func url(_ reader: SettingsReader, _ key: SettingKey) throws -> BaseURL {
        let text = reader.text(key) ?? ""
        do {
            return try BaseURL(text)
        } catch {
            throw SettingsError.wrong(key, Redaction.redact(text), "a URL such as https://example.org")
        }
    }

    private static func fluence(_ reader: SettingsReader) throws -> Fluence? {
        let address = try url(reader, .fluenceURL)
        guard let key = reader.text(.fluenceKey) else { return nil }
        return Fluence(
            key: key,
            address: address,
            cluster: reader.text(.fluenceCluster),
            configuration: reader.text(.fluenceConfiguration)
        )
    }

    private static func commands(_ reader: SettingsReader) throws -> TrainingCommands {
        let text = reader.text(.commands) ?? ""
        guard let commands = TrainingCommands(text) else {
            throw SettingsError.wrong(
                .commands,
                text,
                "names and paths such as mine=/opt/train, separated by commas"
            )
        }
        return commands
    }

    private static func oneOf(_ allowed: [String], _ reader: SettingsReader, _ key: SettingKey) throws
        -> String
    {
        let text = reader.text(key) ?? ""
        guard allowed.contains(text) else {
            throw SettingsError.wrong(key, text, "one of: \(allowed.joined(separator: ", "))")
        }
        return text
    }

    private static func engine(_ reader: SettingsReader) throws -> EngineName {
        let name = try oneOf(EngineName.allCases.map(\.rawValue), reader, .engine)
        return EngineName(rawValue: name) ?? .local
    }

    private static func owners(_ reader: SettingsReader) throws -> Set<UserID> {
        let words = (reader.text(.admins) ?? "").split { ", ".contains($0) }
        return Set(
            try words.map { word in
                guard let id = UserID(word) else {
                    throw SettingsError.wrong(.admins, String(word), "numbers separated by commas")
                }
                return id
            }
        )
    }

    private static func walrus(_ reader: SettingsReader) throws -> Walrus {
        let (aggregators, publisher) = (reader.text(.aggregators) ?? "", reader.text(.publisher) ?? "")
        guard (aggregators == "embedded") == (publisher == "embedded") else {
            throw SettingsError.wrong(
                .publisher,
                publisher,
                "embedded if \(SettingKey.aggregators.rawValue) is embedded, and a URL otherwise"
            )
        }
        if publisher == "embedded" { return .embedded }
        let urls = try aggregators.split(separator: ",").map { word in
            do {
                return try BaseURL(String(word).trimmingCharacters(in: .whitespaces))
            } catch {
                throw SettingsError.wrong(.aggregators, String(word), "embedded, or URLs separated by commas")
            }
        }
        guard !urls.isEmpty else { throw SettingsError.missing(.aggregators) }
        return .network(aggregators: urls, publisher: try url(reader, .publisher))
    }
}
