package import Contract
package import Telegram

/// Opens files that people sent in Telegram.
///
/// A file is read when a worker asks for it; the bot stores no copy.
package struct TelegramFiles: Sendable {
    private let api: BotAPI
    private let limit: Int
    private let clock: any Clock<Duration>

    /// The longest wait that Telegram asks for and that is waited here, because a worker waits meanwhile.
    private static let longestWait = Duration.seconds(20)

    package init(
        api: BotAPI,
        limit: Int = ChatFile.telegramLimit,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.api = api
        self.limit = limit
        self.clock = clock
    }

    /// Opens the file.
    ///
    /// If Telegram asks to wait, waits and tries again, for at most ``longestWait`` in all.
    ///
    /// - Throws: ``FileFault``; `CancellationError`.
    package func open(_ file: ChatFile) async throws -> OpenFile {
        do {
            switch try await location(of: file) {
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

    private func location(of file: ChatFile) async throws -> BotAPI.FileLocation? {
        var waited = Duration.zero
        while true {
            do {
                return try await api.open(file: file.id, limit: limit)
            } catch TelegramError.retryAfter(let seconds)
                where waited + .seconds(max(1, seconds)) <= Self.longestWait
            {
                waited += .seconds(max(1, seconds))
                try await clock.sleep(for: .seconds(max(1, seconds)))
            }
        }
    }
}
