import Foundation
import HTTPTypes
import Hummingbird
import Jobs
import Store

/// The body of a post, as it was received.
enum ReceivedBody {
    case bytes([UInt8])
    /// A file, which is safe on the disk.
    case file(AttachmentWriter.Stored)
    /// A form that is too large for the memory, with the file that holds it.
    case form(AttachmentWriter.Stored)

    /// The file of the body; nil for a body in memory.
    var file: AttachmentWriter.Stored? {
        switch self {
        case .file(let file), .form(let file): file
        case .bytes: nil
        }
    }
}

/// Receives bodies of posts: texts into memory, files onto the disk.
///
/// Never more than ``APILimits/body`` bytes of a body are in memory.
struct PostReceiver {
    let limits: APILimits
    /// Nil if the bot stores no files.
    let files: AttachmentFiles?

    /// The time in which a file must arrive, as a multiple of the time for a text.
    private static let patience = 5
    /// The largest file that is received only to be refused, as a multiple of the largest file.
    private static let mostDiscarded = 4
    private static let pieceSize = 64 << 10

    /// Receives the body; if `isUpload`, it is a file, whatever it holds.
    ///
    /// - Throws: as `Request.bytes(upTo:within:)`; ``AttachmentError``; ``StoreError/unavailable(_:)``.
    func receive(_ request: Request, isUpload: Bool) async throws -> ReceivedBody {
        let isForm = isForm(request)
        guard let files, isPlain(request), isUpload || isForm || mayTurnIntoFile(request) else {
            return .bytes(try await request.unpackedBytes(upTo: limits.body, within: limits.bodyTime))
        }
        try await refuseTooLarge(request, files)
        var file = isUpload && !isForm ? try files.begin() : nil
        do {
            let text = try await receive(request, isForm: isForm, into: &file, files)
            guard let file else { return .bytes(text) }
            let stored = try file.finish()
            guard stored.size > 0 else {
                file.discard()
                return .bytes([])
            }
            return isForm ? .form(stored) : .file(stored)
        } catch {
            file?.discard()
            throw error
        }
    }

    /// Refuses a file whose head says that it is too large.
    private func refuseTooLarge(_ request: Request, _ files: AttachmentFiles) async throws {
        guard let length = request.headers[.contentLength].flatMap({ Int($0) }), length > files.limit,
            length > limits.body
        else { return }
        // Many senders read the answer only when they have sent the whole body.
        if length <= files.limit * Self.mostDiscarded {
            try await request.discardBody(upTo: length, within: limits.bodyTime * Self.patience)
        }
        throw AttachmentError.tooLarge(limit: files.limit)
    }

    /// Receives the body into `file`; without one, returns it, or begins a file once it is too large for a text.
    private func receive(
        _ request: Request,
        isForm: Bool,
        into file: inout AttachmentWriter?,
        _ files: AttachmentFiles
    ) async throws -> [UInt8] {
        var text: [UInt8] = []
        let end = ContinuousClock.now + limits.bodyTime * Self.patience
        for try await buffer in request.chunks {
            guard ContinuousClock.now < end else { throw WebhookError.tooSlow }
            if let file {
                try file.append(Array(buffer: buffer))
                continue
            }
            text += buffer.readableBytesView
            guard text.count > limits.body else { continue }
            guard isForm || request.method == .put || !FileType.isText(text) else {
                throw WebhookError.bodyTooLarge(limit: limits.body)
            }
            file = try files.begin()
            try file?.append(text)
            text = []
        }
        return text
    }

    /// Whether the body is not packed: packed bodies are unpacked in memory.
    private func isPlain(_ request: Request) -> Bool {
        ["", "identity"].contains(request.headers[.contentEncoding]?.lowercased() ?? "")
    }

    private func isForm(_ request: Request) -> Bool {
        ContentType(request.headers[.contentType])?.media == "multipart/form-data"
    }

    /// Whether a body that is too large for a text is received as a file: JSON is not.
    private func mayTurnIntoFile(_ request: Request) -> Bool {
        let type = ContentType(request.headers[.contentType])?.media ?? ""
        return !type.hasPrefix("multipart/") && type != "application/json"
    }

    /// Adds what a large form says, and deletes the file that holds it.
    ///
    /// The file is mapped into memory, so that a form of any size takes little of it.
    func read(_ form: AttachmentWriter.Stored, type: String?, into fields: inout PostFields) throws {
        guard let files else { throw WebhookError.notText }
        defer { files.remove(form.name) }
        let body: Data
        do {
            body = try Data(contentsOf: URL(filePath: files.path(of: form.name)), options: .alwaysMapped)
        } catch {
            throw StoreError.unavailable(error.localizedDescription)
        }
        try fields.read(form: body, type: type)
    }

    /// Stores bytes that are in memory, or mapped into it, as a file.
    func store(_ bytes: Data) throws -> AttachmentWriter.Stored {
        guard let files else { throw WebhookError.notText }
        let file = try files.begin()
        do {
            for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: Self.pieceSize) {
                try file.append(Array(bytes[start..<min(start + Self.pieceSize, bytes.endIndex)]))
            }
            return try file.finish()
        } catch {
            file.discard()
            throw error
        }
    }

    /// Runs `work`; if it throws, deletes the file, because no post names it.
    func keeping<Value>(_ file: AttachmentWriter.Stored?, while work: () async throws -> Value) async throws
        -> Value
    {
        do {
            return try await work()
        } catch {
            if let file { files?.remove(file.name) }
            throw error
        }
    }
}
