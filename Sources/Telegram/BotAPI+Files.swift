package import HTTP
import HTTPTypes

extension BotAPI {
    /// Opens a file that somebody sent; nil where it is gone.
    ///
    /// Its address holds the token, so it goes nowhere but into the request.
    ///
    /// - Throws: ``TelegramError``; ``TelegramError/fileTooLarge`` beyond `limit` bytes.
    package func open(file id: String, limit: Int) async throws -> (size: Int?, chunks: ResponseBody)? {
        let file: File
        do {
            file = try await call("getFile", GetFile(fileId: id))
        } catch TelegramError.badRequest {
            // Telegram's "wrong file_id or the file is temporarily unavailable", of whatever wording.
            return nil
        }
        guard let path = file.filePath else { return nil }
        guard file.fileSize ?? 0 <= limit else { throw TelegramError.fileTooLarge }
        guard let (response, chunks) = try await download(path) else { return nil }
        let size = response.headerFields[.contentLength].flatMap { Int($0) }
        guard size ?? 0 <= limit else { throw TelegramError.fileTooLarge }
        return (size ?? file.fileSize, chunks)
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
