import Foundation
import HTTPTypes
import Hummingbird
import Jobs

/// The body of a post, as it was received.
enum ReceivedBody {
    case bytes([UInt8])
    /// A file, which is safe on the disk.
    case file(AttachmentWriter.Stored)

    var file: AttachmentWriter.Stored? {
        if case .file(let file) = self { file } else { nil }
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

    /// Receives the body; if `isUpload`, it is a file, whatever it holds.
    ///
    /// - Throws: as `Request.bytes(upTo:within:)`; ``AttachmentError``; ``StoreError/unavailable(_:)``.
    func receive(_ request: Request, isUpload: Bool) async throws -> ReceivedBody {
        guard let files, isUpload || mayTurnIntoFile(request) else {
            return .bytes(try await request.unpackedBytes(upTo: limits.body, within: limits.bodyTime))
        }
        try await refuseTooLarge(request, files)
        var file = isUpload ? try files.begin() : nil
        do {
            let text = try await receive(request, into: &file, files)
            guard let file else { return .bytes(text) }
            let stored = try file.finish()
            guard stored.size > 0 else {
                file.discard()
                return .bytes([])
            }
            return .file(stored)
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
            guard request.method == .put || !FileType.isText(text) else {
                throw WebhookError.bodyTooLarge(limit: limits.body)
            }
            file = try files.begin()
            try file?.append(text)
            text = []
        }
        return text
    }

    /// Whether a body that is too large for a text is received as a file: JSON, forms with files and packed bodies are not.
    private func mayTurnIntoFile(_ request: Request) -> Bool {
        let encoding = request.headers[.contentEncoding]?.lowercased() ?? ""
        let type = request.headers[.contentType]?.lowercased() ?? ""
        return ["", "identity"].contains(encoding) && !type.hasPrefix("multipart/")
            && !type.hasPrefix("application/json")
    }

    /// Stores bytes that were received in memory as a file.
    func store(_ bytes: [UInt8]) throws -> AttachmentWriter.Stored {
        guard let files else { throw WebhookError.notText }
        let file = try files.begin()
        do {
            try file.append(bytes)
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
