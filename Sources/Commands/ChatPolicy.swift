package import Contract
package import Jobs
import Store

/// What the owner of the bot decided about its chats.
package struct ChatPolicy: Sendable {
    /// People who may do everything, whatever the database says.
    package var admins: Set<Int64>
    /// How scripts reach the bot from outside, without a slash at the end.
    package var publicURL: String
    /// Where people download blobs, without a slash at the end; nil where only this machine could.
    package var downloadURL: String?
    /// The largest file that people can send, in bytes; nil: nobody sets a limit.
    package var fileLimit: Int?
    /// What workers wrote for chats; nil where they write nothing.
    package var answers: AnswerShelf?
    /// The engine for commands that name none.
    package var engine: String
    /// Those that people may turn to where one fails; they start machines or processes by themselves.
    package var engines: [String] = []
    /// Those whose machines boot the image that was built last.
    package var imageEngines: Set<String> = []
    /// Our name as others write it, without the @; nil where nobody else listens.
    package var botName: String?
    /// What paid machines may cost in a day, in dollars; 0: there are none.
    package var dailyBudget = 0.0
    /// How images are built; nil where nobody said.
    package var build: BuildArguments?
    /// Where images are downloaded, without a slash at the end; nil where only this machine could.
    package var imageURL: String?
    /// The owner's own training commands.
    package var commands = TrainingCommands()

    package init(
        admins: Set<Int64>,
        publicURL: String,
        downloadURL: String?,
        engine: String,
        botName: String? = nil
    ) {
        self.admins = admins
        self.publicURL = publicURL
        self.downloadURL = downloadURL
        self.engine = engine
        self.botName = botName
    }

    /// What a person opens, or sends, to use `code`.
    func start(with code: String) -> String {
        botName.map { "https://t.me/\($0)?start=\(code)" } ?? "/start \(code)"
    }

    package func link(to blob: BlobID) -> String? {
        downloadURL.map { "\($0)/v1/blobs/\(blob)" }
    }

    func link(toImage name: String) -> String? { imageURL.map { "\($0)/\(name)" } }
}
