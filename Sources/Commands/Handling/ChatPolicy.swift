package import Contract
package import Jobs
import Store

/// The part of the bot's configuration that concerns chats.
package struct ChatPolicy: Sendable {
    /// People who are admins even if the database does not list them.
    package var owners: Set<UserID>
    /// The URL at which scripts reach the bot from outside, without a slash at the end.
    package var publicURL: String
    /// From where scripts reach ``publicURL``.
    package var reach = Reach.everywhere
    /// The URL of an aggregator from which people download blobs, without a slash at the end; nil if only this machine
    /// could reach the aggregator.
    package var downloadURL: String?
    /// The largest file that people can send, in bytes; nil: there is no limit.
    package var fileLimit: Int?
    /// The files that workers wrote for chats; nil if workers write none.
    package var answers: AnswerFiles?
    /// The files that scripts have posted; nil if the bot stores none.
    package var attachments: AttachmentFiles?
    /// The engine of commands without `engine=`.
    package var engine: EngineName
    /// The engines on which a failed run can be retried.
    package var engines: [EngineName] = []
    /// The engines that need an image that this bot has built.
    package var imageEngines: Set<EngineName> = []
    /// The bot's username, without the @; nil in a terminal, and until Telegram has said it.
    package var botName: String? {
        get { currentBotName() }
        set { currentBotName = { newValue } }
    }
    /// Gives ``botName``, which the bot may learn while it runs.
    package var currentBotName: @Sendable () -> String? = { nil }
    /// The most that paid engines may cost in 24 hours, in dollars; 0: the bot rents nothing.
    package var dailyBudget = 0.0
    /// How images are built; nil if no build command is configured.
    package var build: BuildArguments?
    /// The URL of the folder with images, without a slash at the end; nil if only this machine could reach that URL.
    package var imageURL: String?
    /// The owner's own training commands.
    package var commands = TrainingCommands()

    /// From where scripts reach the bot.
    package enum Reach: Sendable {
        case everywhere
        /// No public URL is set, and the URL that the bot shows is on loopback.
        case thisMachine
        /// As ``thisMachine``, and the bot listens on another port at its next start.
        case thisStart
    }

    package init(
        owners: Set<UserID>,
        publicURL: String,
        downloadURL: String?,
        engine: EngineName,
        botName: String? = nil
    ) {
        self.owners = owners
        self.publicURL = publicURL
        self.downloadURL = downloadURL
        self.engine = engine
        self.botName = botName
    }

    /// How a person uses `code`: in Telegram, a link to open; in a terminal, a command to send.
    func startLink(with code: String) -> String {
        botName.map { "https://t.me/\($0)?start=\(code)" } ?? "/start \(code)"
    }

    package func link(to blob: BlobID) -> String? {
        downloadURL.map { "\($0)/v1/blobs/\(blob)" }
    }

    func link(toImage name: String) -> String? { imageURL.map { "\($0)/\(name)" } }
}
