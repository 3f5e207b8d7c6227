import Contract
import Foundation
import HTTP
import Support
import Synchronization

/// What a faulty Walrus answers to one request, and how it leaves the connection then.
struct FaultyAnswer: Sendable {
    enum Ending: Sendable, CaseIterable {
        case close, reset
        /// Says nothing more until the client goes.
        case hang
    }

    var bytes: [UInt8]
    var ending = Ending.close
    /// How many bytes at a time; nil: all at once.
    var piece: Int?

    /// A whole answer.
    init(_ status: String, _ headers: [String] = [], body: [UInt8] = []) {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)", "Connection: close"] + headers
        bytes = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
    }

    init(_ status: String, _ headers: [String] = [], text: String) {
        self.init(status, headers, body: Array(text.utf8))
    }

    /// All of `blob`, or the part that the request asks for.
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

    /// What a publisher says of `blob`.
    init(stored blob: StoredBlob, status: String = "200 OK") {
        self.init(
            status,
            text: """
                {"newlyCreated":{"blobObject":{"id":"0xe9","blobId":"\(blob.id)","size":\(blob.size),\
                "encodingType":"RS2","registeredEpoch":5,"storage":{"endEpoch":9},"deletable":false},"cost":1}}
                """
        )
    }

    /// The same, broken off after `count` bytes.
    func cut(after count: Int, _ ending: Ending = .reset) -> FaultyAnswer {
        var answer = self
        answer.bytes = Array(bytes.prefix(count))
        answer.ending = ending
        return answer
    }

    /// The same, so many bytes at a time.
    func dripping(_ piece: Int) -> FaultyAnswer {
        var answer = self
        answer.piece = piece
        return answer
    }
}

/// An aggregator and publisher that does what a test says, request by request.
final class FaultyWalrus: Sendable {
    let address: BaseURL
    private let log: RequestLog

    /// The first line of every request, such as `GET /v1/blobs/…`, with its range if it had one.
    var requests: [String] { log.lines.withLock { $0 } }

    private init(_ address: BaseURL, _ log: RequestLog) {
        (self.address, self.log) = (address, log)
    }

    private final class RequestLog: Sendable {
        let lines = Mutex<[String]>([])

        /// Takes a request in, and says how many came before it.
        func add(_ head: String) -> Int {
            let line = head.split(separator: " ").prefix(2).joined(separator: " ")
            let range = head.firstMatch(of: /(?i)range: (\S+)/).map { " \($0.1)" } ?? ""
            return lines.withLock { lines in
                lines.append(line + range)
                return lines.count - 1
            }
        }
    }

    /// Serves while `body` runs; `answer` hears the number of the request, from 0, and its head.
    static func serve(
        _ answer: @escaping @Sendable (_ number: Int, _ head: String) -> FaultyAnswer,
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
