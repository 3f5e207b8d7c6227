package import Contract

/// A command in the menu of a chat.
package struct BotCommand: Codable, Equatable, Sendable {
    package let command: String
    package let description: String

    package init(command: String, description: String) {
        self.command = command
        self.description = description
    }
}

/// The chats that show a menu; the menu of the narrowest scope counts (core.telegram.org/bots/api#botcommandscope).
package enum MenuScope: Hashable, Sendable {
    case privateChats
    case groups
    case chat(ChatID)
}

extension BotAPI {
    /// Shows `commands` in the menu of the chats.
    package func setMyCommands(_ commands: [BotCommand], in scope: MenuScope) async throws {
        let _: Bool = try await call("setMyCommands", SetMyCommands(commands: commands, scope: .init(scope)))
    }
}

private struct SetMyCommands: Encodable {
    struct Scope: Encodable {
        let type: String
        var chatId: ChatID?

        init(_ scope: MenuScope) {
            switch scope {
            case .privateChats: type = "all_private_chats"
            case .groups: type = "all_group_chats"
            case .chat(let chat): (type, chatId) = ("chat", chat)
            }
        }
    }

    let commands: [BotCommand]
    let scope: Scope
}
