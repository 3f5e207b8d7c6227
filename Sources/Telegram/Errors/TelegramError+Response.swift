import Contract

extension TelegramError {
    /// Interprets an error response by its status and parameters; if these do not suffice, by the text of its
    /// description, which ``Refusal/table`` knows.
    init(status: Int, description: String, retryAfter: Int?, migratedTo: ChatID?) {
        if let migratedTo {
            self = .migrated(to: migratedTo)
            return
        }
        switch status {
        case 429: self = .retryAfter(seconds: retryAfter ?? Self.lastNumber(in: description) ?? 1)
        case 404 where description.lowercased().contains("method not found"):
            self = .unacceptable(description)
        // Telegram answers 404 if no bot ever had the token in the URL.
        case 401, 404: self = .unauthorized
        case 409: self = .conflict(description)
        case 413: self = .fileTooLarge
        case 500...: self = .server(status)
        default:
            let fallback: TelegramError = status == 403 ? .forbidden(description) : .badRequest(description)
            self = Refusal.meaning(of: description).map { Self.error($0, description) } ?? fallback
        }
    }

    private static func error(_ refusal: Refusal, _ description: String) -> TelegramError {
        switch refusal {
        case .notModified: .notModified
        case .cannotEdit: .cannotEdit(description)
        case .cannotParse: .cannotParse(description)
        case .badButtons: .badButtons(description)
        case .replyNotFound: .replyNotFound
        case .threadNotFound: .threadNotFound
        case .topicClosed: .topicClosed(description)
        case .noFiles: .noFiles(description)
        case .tooLong: .tooLong(description)
        case .fileTooLarge: .fileTooLarge
        case .chatClosed: .forbidden(description)
        case .wait: .retryAfter(seconds: lastNumber(in: description) ?? 1)
        case .final: .unacceptable(description)
        }
    }

    /// The number at the end of the text.
    private static func lastNumber(in text: String) -> Int? {
        Int(String(text.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()))
    }
}
