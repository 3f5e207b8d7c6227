import Contract

extension TelegramError {
    /// Interprets an error response by its status and parameters; if these do not suffice, by the text of its
    /// description.
    init(status: Int, description: String, retryAfter: Int?, migratedTo: ChatID?) {
        let text = description.lowercased()
        if let migratedTo {
            self = .migrated(to: migratedTo)
            return
        }
        switch status {
        case 429: self = .retryAfter(seconds: retryAfter ?? 1)
        case 404 where text.contains("method not found"): self = .badRequest(description)
        // Telegram answers 404 if no bot ever had the token in the URL.
        case 401, 404: self = .unauthorized
        case 403: self = .forbidden(description)
        case 409: self = .conflict(description)
        case 413: self = .fileTooLarge
        case 500...: self = .server(status)
        case _ where text.contains("message is not modified"): self = .notModified
        case _ where text.contains("message to edit not found"): self = .cannotEdit(description)
        case _ where text.contains("message can't be edited"): self = .cannotEdit(description)
        case _ where text.contains("can't parse entities"): self = .cannotParse(description)
        case _ where text.contains("message thread not found"): self = .threadNotFound
        case _ where text.contains("message to be replied not found"): self = .replyNotFound
        case _ where text.contains("is too long") && !text.contains("token"): self = .tooLong(description)
        case _ where text.contains("file is too big"): self = .fileTooLarge
        default: self = .badRequest(description)
        }
    }
}
