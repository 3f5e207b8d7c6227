package import HTTP
import HTTPTypes

extension BotAPI {
    /// Where the bytes of a received file are.
    package enum FileLocation: Sendable {
        /// In a response body; `size` is nil if the server does not announce it.
        case download(size: Int?, ResponseBody)
        /// On this machine, where a local Bot API server (`telegram-bot-api --local`) saves received files.
        case disk(path: String)
    }

    /// Opens a received file; nil if Telegram no longer has it.
    ///
    /// The URL of the file contains the bot token, so it is used only for the request and never returned.
    ///
    /// - Throws: ``TelegramError``, among them ``TelegramError/fileTooLarge`` if the file exceeds `limit` bytes.
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
        // Only a local server may name a file of this machine; api.telegram.org must not choose one.
        if path.hasPrefix("/"), !isTelegrams { return .disk(path: path) }
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
        /// Relative to the server's file URL, or absolute on a local server.
        ///
        /// Valid for at least an hour.
        let filePath: String?
    }
}
