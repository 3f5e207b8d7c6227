package import Contract
import Store

/// What the owner of the bot decided about its chats.
package struct ChatPolicy: Sendable {
    /// People who may do everything, whatever the database says.
    package var admins: Set<Int64>
    /// How scripts reach the bot from outside, without a slash at the end.
    package var publicURL: String
    /// Where people download blobs, without a slash at the end; nil where only this machine could.
    package var downloadURL: String?
    /// The engine for commands that name none.
    package var engine: String
    /// What paid machines may cost in a day, in dollars; 0: there are none.
    package var dailyBudget = 0.0
    /// How images are built; nil where nobody said.
    package var build: BuildArguments?
    /// Where images are downloaded, without a slash at the end; nil where only this machine could.
    package var imageURL: String?
    /// The owner's own training commands.
    package var commands = TrainingCommands()

    package init(admins: Set<Int64>, publicURL: String, downloadURL: String?, engine: String) {
        self.admins = admins
        self.publicURL = publicURL
        self.downloadURL = downloadURL
        self.engine = engine
    }

    package func link(to blob: BlobID) -> String? {
        downloadURL.map { "\($0)/v1/blobs/\(blob)" }
    }

    func link(toImage name: String) -> String? { imageURL.map { "\($0)/\(name)" } }
}

/// Who may do what: the one place that decides, for commands and buttons alike.
struct Permissions {
    let policy: ChatPolicy

    /// The person's role; nil for a stranger.
    func role(of user: Int64, in transaction: Transaction) throws -> Role? {
        policy.admins.contains(user) ? .admin : try transaction.member(user)?.role
    }

    func mayUse(_ word: CommandWord, _ role: Role?) -> Bool {
        guard let needed = word.role else { return true }
        return role.map { $0 >= needed } ?? false
    }

    /// A run may be stopped by whoever started it, and by admins.
    func mayStop(_ run: Run, user: Int64, role: Role?) -> Bool {
        run.origin.user == user || role == .admin
    }
}
