import Contract
import Foundation
import HTTP
import Support
import Synchronization

/// A response of ``FaultyWalrus``, and what happens to the connection afterwards.
struct FaultyResponse: Sendable {
    enum Ending: Sendable, CaseIterable {
        case close, reset
        /// Sends nothing more until the client closes the connection.
        case hang
    }

    var bytes: [UInt8]
    var ending = Ending.close
    /// Bytes per write; nil to write all at once.
    var piece: Int?

    /// A complete response.
    init(_ status: String, _ headers: [String] = [], body: [UInt8] = []) {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)", "Connection: close"] + headers
        bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    init(_ status: String, _ headers: [String] = [], text: String) {
        self.init(status, headers, body: Array(text.utf8))
    }

    /// The response to a read with the head `head`: the whole `blob` or the requested range.
    init(_ blob: [UInt8], to head: String) {
        guard let range = head.firstMatch(of: /(?i)range: bytes=(\d+)-(\d+)/), let first = Int(range.1),
            let last = Int(range.2), first <= last, last < blob.count
        else {
            self.init("200 OK", body: blob)
            return
        }
        self.init(
            "206 Partial Content",
            ["Content-Range: bytes \(first)-\(last)/\(blob.count)"],
            body: Array(blob[first...last])
        )
    }

    /// A publisher's response after it stored `blob`.
    init(stored blob: StoredBlob, status: String = "200 OK") {
        self.init(
            status,
            text: """
                {"newlyCreated":{"blobObject":{"id":"0xe9","blobId":"\(blob.id)","size":\(blob.size),\
                "encodingType":"RS2","registeredEpoch":5,"storage":{"endEpoch":9},"deletable":false},"cost":1}}
                """
        )
    }

    /// The same response, which ends after `count` bytes.
    func cut(after count: Int, _ ending: Ending = .reset) -> FaultyResponse {
        var answer = self
        answer.bytes = Array(bytes.prefix(count))
        answer.ending = ending
        return answer
    }

    /// The same response, written `piece` bytes at a time.
    func inPieces(of piece: Int) -> FaultyResponse {
        var answer = self
        answer.piece = piece
        return answer
    }
}

/// An aggregator and publisher whose responses a test defines.
final class FaultyWalrus: Sendable {
    let address: BaseURL
    private let log: RequestLog

    /// Method and path of every request, such as `GET /v1/blobs/…`, with its range if it has one.
    var requests: [String] { log.lines.withLock { $0 } }

    private init(_ address: BaseURL, _ log: RequestLog) {
        (self.address, self.log) = (address, log)
    }

    private final class RequestLog: Sendable {
        let lines = Mutex<[String]>([])

        /// Adds a request and returns the number of earlier ones.
        func add(_ head: String) -> Int {
            let line = head.split(separator: " ").prefix(2).joined(separator: " ")
            let range = head.firstMatch(of: /(?i)range: (\S+)/).map { " \($0.1)" } ?? ""
            return lines.withLock { lines in
                lines.append(line + range)
                return lines.count - 1
            }
        }
    }

    /// Runs `body` beside the server; `answer` gets the number of the request, from 0, and its head.
    static func serve(
        _ answer: @escaping @Sendable (_ number: Int, _ head: String) -> FaultyResponse,
        _ body: @Sendable (FaultyWalrus) async throws -> Void
    ) async throws {
        let log = RequestLog()
        try await withRawServer { connection in
            guard let request = try await connection.readRequest() else { return }
            let answer = answer(log.add(request.head), request.head)
            let piece = answer.piece ?? max(answer.bytes.count, 1)
            for start in stride(from: 0, to: answer.bytes.count, by: piece) {
                try await connection.write(answer.bytes[start..<min(start + piece, answer.bytes.count)])
            }
            switch answer.ending {
            case .close: break
            case .reset: try await connection.reset()
            case .hang: _ = try await connection.readHead()
            }
        } _: { address in
            try await body(FaultyWalrus(address, log))
        }
    }
}

extension FaultyResponse {
    init(raw text: String) {
        self.init("")
        bytes = Array(text.utf8)
    }

    /// The same response without its body, as for a HEAD request.
    func withoutBody() -> FaultyResponse {
        let blank = bytes.firstRange(of: Array("\r\n\r\n".utf8))
        return cut(after: blank?.upperBound ?? bytes.count, .close)
    }
}
