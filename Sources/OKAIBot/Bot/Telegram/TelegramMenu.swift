import Commands
import Contract
import Logging
import Store
import Telegram

/// The menus of commands: what a viewer may use in private chats, what an operator may use in groups, and in each
/// member's private chat what the member may use.
///
/// Telegram keeps menus. Those that were set since the start are remembered here, so that only changes are sent.
actor TelegramMenu {
    private let api: BotAPI
    private let store: SQLiteStore
    private let owners: Set<UserID>
    private let logger: Logger
    private var shown: [MenuScope: Role] = [:]

    init(api: BotAPI, store: SQLiteStore, owners: Set<UserID>, logger: Logger) {
        (self.api, self.store, self.owners, self.logger) = (api, store, owners, logger)
    }

    /// Sets the menus that have changed.
    ///
    /// A person who has never written to the bot has no chat, so Telegram refuses that menu; it is not tried again before
    /// the person's role changes.
    ///
    /// - Throws: ``TelegramError`` if Telegram refuses a menu for now; ``StoreError``.
    func update() async throws {
        for (scope, role) in try await wanted() where shown[scope] != role {
            do {
                try await api.setMyCommands(Self.commands(for: role), in: scope)
            } catch let error as TelegramError where error.isOfChat {
                logger.info("a menu is not set", metadata: ["scope": "\(scope)", "error": "\(error)"])
            }
            shown[scope] = role
        }
    }

    private func wanted() async throws -> [(MenuScope, Role)] {
        var roles: [UserID: Role] = [:]
        for member in try await store.read({ try $0.members() }) { roles[member.userID] = member.role }
        for owner in owners { roles[owner] = .admin }
        let former = shown.keys.compactMap { scope -> (MenuScope, Role)? in
            guard case .chat(let chat) = scope, roles[UserID(chat.rawValue)] == nil else { return nil }
            // The person was removed, and gets the menu of everybody.
            return (scope, .viewer)
        }
        let members = roles.sorted { $0.key < $1.key }.map { user, role in
            (MenuScope.chat(ChatID(private: user)), role)
        }
        return [(.privateChats, .viewer), (.groups, .operator)] + members + former
    }

    private static func commands(for role: Role) -> [BotCommand] {
        CommandWord.allCases.filter { $0.isOpen(to: role) }
            .map { BotCommand(command: $0.rawValue, description: $0.summary) }
    }
}

extension TelegramError {
    /// Whether Telegram refuses the call for good, or for this chat.
    fileprivate var isOfChat: Bool {
        switch self {
        case .badRequest, .forbidden, .unacceptable: true
        default: false
        }
    }
}
