package import HTTP
import HTTPTypes

extension BotAPI {
    /// Where the content of a file that a person sent is found.
    package enum FileLocation: Sendable {
        /// In a response body; `size` is in bytes, or nil if the server does not state the size.
        case download(size: Int?, ResponseBody)
        /// On this machine, where a local Bot API server (`telegram-bot-api --local`) saves received files.
        case disk(path: String)
    }

    /// Opens a file that a person sent; nil if Telegram does not have the file, or not at the moment.
    ///
    /// The URL of the file contains the bot token, so this function never returns the URL.
    ///
    /// - Throws: ``TelegramError``, in particular ``TelegramError/fileTooLarge`` if the server states a size above
    ///   `limit` bytes; `CancellationError`.
    package func open(file id: String, limit: Int) async throws -> FileLocation? {
        let file: File
        do {
            file = try await call("getFile", GetFile(fileId: id))
        } catch TelegramError.badRequest {
            // Telegram's text is "wrong file_id or the file is temporarily unavailable".
            return nil
        }
        guard let path = file.filePath else { return nil }
        guard file.fileSize ?? 0 <= limit else { throw TelegramError.fileTooLarge }
        // A path on this machine is accepted only from a local Bot API server, never from api.telegram.org.
        if path.hasPrefix("/"), !isOfficialServer { return .disk(path: path) }
        guard let (response, chunks) = try await download(path) else { return nil }
        let size = response.headerFields[.contentLength].flatMap { Int($0) }
        guard size ?? 0 <= limit else { throw TelegramError.fileTooLarge }
        return .download(size: size ?? file.fileSize, chunks)
    }

    private struct GetFile: Encodable {
        let fileId: String
    }

    private struct File: Decodable {
        let fileSize: Int?
        /// A path relative to the server's file URL; from a local Bot API server, an absolute path.
        ///
        /// Valid for at least an hour.
        let filePath: String?
    }
}
