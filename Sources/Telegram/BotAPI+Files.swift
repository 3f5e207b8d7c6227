package import HTTP
import HTTPTypes

extension BotAPI {
    /// Where the bytes of a file that somebody sent are.
    package enum FilePlace: Sendable {
        /// On their way; their number, where the server says it.
        case download(size: Int?, ResponseBody)
        /// On this machine's disk, where a server of one's own (`telegram-bot-api --local`) keeps what it gets.
        case disk(path: String)
    }

    /// Opens a file that somebody sent; nil where it is gone.
    ///
    /// Its address holds the token, so it goes nowhere but into the request.
    ///
    /// - Throws: ``TelegramError``; ``TelegramError/fileTooLarge`` beyond `limit` bytes.
    package func open(file id: String, limit: Int) async throws -> FilePlace? {
        let file: File
        do {
            file = try await call("getFile", GetFile(fileId: id))
        } catch TelegramError.badRequest {
            // Telegram's "wrong file_id or the file is temporarily unavailable", of whatever wording.
            return nil
        }
        guard let path = file.filePath else { return nil }
        guard file.fileSize ?? 0 <= limit else { throw TelegramError.fileTooLarge }
        // Telegram itself has no say about files of this machine.
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
        /// Below the server's address, for an hour at least.
        let filePath: String?
    }
}
