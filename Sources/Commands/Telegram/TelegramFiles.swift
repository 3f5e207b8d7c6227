package import Contract
package import Telegram

/// Opens files that people sent in Telegram.
///
/// A file is read when a worker asks for it; the bot stores no copy.
package struct TelegramFiles: Sendable {
    private let api: BotAPI
    private let limit: Int

    package init(api: BotAPI, limit: Int = ChatFile.telegramLimit) {
        self.api = api
        self.limit = limit
    }

    /// Opens the file.
    ///
    /// - Throws: ``FileFault``; `CancellationError`.
    package func open(_ file: ChatFile) async throws -> OpenFile {
        do {
            switch try await api.open(file: file.id, limit: limit) {
            case .download(let size, let chunks)?: return OpenFile(size: size, chunks: chunks)
            case .disk(let path)?:
                let opened = try LocalFile.open(path)
                guard opened.size ?? 0 <= limit else { throw FileFault.tooLarge(limit: limit) }
                return opened
            case nil: throw FileFault.gone
            }
        } catch TelegramError.fileTooLarge {
            throw FileFault.tooLarge(limit: limit)
        } catch let error as TelegramError {
            throw FileFault.unavailable(error.description)
        }
    }
}
