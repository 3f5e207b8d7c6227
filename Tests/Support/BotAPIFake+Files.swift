import HTTPTypes
import Hummingbird
import NIOCore

extension BotAPIFake {
    /// A file that a person sent, and how its download fails.
    package struct SentFile: Sendable {
        package enum Fault: Sendable {
            /// `getFile` does not know the id any more.
            case unknown
            /// The download is answered 404.
            case gone
            /// The first `times` downloads break in the middle.
            case cut(times: Int)
            /// The first download is answered 429, with the seconds to wait.
            case busy(seconds: Int)
            /// `getFile` answers without a size.
            case unmeasured
            /// `getFile` answers with a path on this machine, as `telegram-bot-api --local` does.
            case onDisk(path: String)
        }

        package var bytes: [UInt8]
        package var fault: Fault?
        /// The number of downloads, with the broken ones.
        package var downloads = 0
    }

    /// The largest file that Telegram hands to bots, in bytes.
    private static let downloadLimit = 20 << 20

    /// A person sends a file; returns the id of the message, by which ``sentFile(_:)`` finds it.
    @discardableResult
    package func send(
        file name: String,
        _ bytes: [UInt8],
        type: String = "text/csv",
        caption: String? = nil,
        answering answered: Int64? = nil,
        fault: SentFile.Fault? = nil,
        user: Int64 = 42,
        chat: Int64? = nil
    ) -> Int64 {
        let id = newMessageID()
        files["file-\(id)"] = SentFile(bytes: bytes, fault: fault)
        guard case .object(var content) = message(id, chat: chat ?? user, text: "", from: user) else {
            return id
        }
        content["text"] = nil
        content["document"] = [
            "file_id": .string("file-\(id)"), "file_unique_id": .string("unique-\(id)"),
            "file_name": .string(name), "mime_type": .string(type), "file_size": .integer(Int64(bytes.count)),
        ]
        if let caption { content["caption"] = .string(caption) }
        if let answered,
            case .object(var original) = message(answered, chat: chat ?? user, text: "…", from: user)
        {
            original["from"] = [
                "id": 4242, "is_bot": true, "first_name": "OKAI", "username": "okai_test_bot",
            ]
            content["reply_to_message"] = .object(original)
        }
        push("message", .object(content))
        return id
    }

    package func sentFile(_ message: Int64) -> SentFile? { files["file-\(message)"] }

    /// Adds a file without a message.
    package func add(_ file: SentFile, as id: String) { files[id] = file }

    func getFile(_ parameters: JSONValue) throws -> JSONValue {
        let id = parameters["file_id"]?.string ?? ""
        guard let file = files[id], !file.isUnknown else {
            throw TelegramRefusal.badRequest("wrong file_id or the file is temporarily unavailable")
        }
        guard file.bytes.count <= Self.downloadLimit || file.isUnmeasured else {
            throw TelegramRefusal.badRequest("file is too big")
        }
        var answer: [String: JSONValue] = [
            "file_id": .string(id), "file_unique_id": .string("u-\(id)"),
            "file_path": .string(file.path ?? id),
        ]
        if !file.isUnmeasured { answer["file_size"] = .integer(Int64(file.bytes.count)) }
        return .object(answer)
    }

    func download(_ id: String) throws -> Response {
        files[id]?.downloads += 1
        guard let file = files[id], !file.isGone else { throw HTTPError(.notFound) }
        if let seconds = file.wait {
            return Response(status: .tooManyRequests, headers: [.retryAfter: "\(seconds)"])
        }
        let (bytes, isCut) = (file.bytes, file.isCut)
        return Response(
            status: .ok,
            body: .init(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: isCut ? bytes.prefix(bytes.count / 2) : bytes[...]))
                if isCut { throw CutFile() }
                try await writer.finish(nil)
            }
        )
    }
}

extension BotAPIFake.SentFile {
    fileprivate var isUnknown: Bool { if case .unknown? = fault { true } else { false } }
    fileprivate var isGone: Bool { if case .gone? = fault { true } else { false } }
    fileprivate var isUnmeasured: Bool { if case .unmeasured? = fault { true } else { false } }
    fileprivate var isCut: Bool { if case .cut(let times)? = fault { downloads <= times } else { false } }

    fileprivate var wait: Int? {
        if case .busy(let seconds)? = fault, downloads == 1 { seconds } else { nil }
    }

    fileprivate var path: String? { if case .onDisk(let path)? = fault { path } else { nil } }

    package init(bytes: [UInt8], fault: Fault? = nil) {
        (self.bytes, self.fault) = (bytes, fault)
    }
}

private struct CutFile: Error {}
