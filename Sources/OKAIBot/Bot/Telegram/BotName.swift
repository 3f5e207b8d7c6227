import Logging
import Store
import Synchronization
import Telegram

/// The bot's username in Telegram, by which groups address commands such as `/status@name`.
///
/// The name of the last start is kept in the database, so that the bot need not wait for Telegram to say it.
final class BotName: Sendable {
    /// The key of the setting in the database.
    private let key: String
    private let name = Mutex<String?>(nil)

    /// The name of the bot with this token; nil as long as nobody has said it.
    var current: String? { name.withLock { $0 } }

    /// Reads the name of the last start.
    init(of token: BotToken, in store: SQLiteStore) async throws {
        key = "botName.\(token.bot)"
        let stored = try await store.read { [key] in try $0.setting(key) }
        name.withLock { $0 = stored }
    }

    /// Telegram has said the name.
    func learn(_ new: String?, in store: SQLiteStore, logger: Logger) async {
        guard current != new else { return }
        name.withLock { $0 = new }
        do {
            try await store.write { [key] in try $0.set(key, to: new) }
        } catch {
            logger.warning("the bot's name is not stored", metadata: ["error": "\(error)"])
        }
    }
}
