import Foundation
import Glibc
import HTTP
import HTTPTypes
import Support

/// The real Caddy with this package's Caddyfile, on a loopback port.
struct CaddyProcess: Sendable {
    /// The path of Caddy, if it is installed.
    static let program = ["/usr/bin/caddy", "/usr/local/bin/caddy"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let body: String
    }

    let url: BaseURL
    private let logFile: URL

    /// The log of Caddy so far.
    var log: String { String(decoding: (try? Data(contentsOf: logFile)) ?? Data(), as: UTF8.self) }

    /// Runs Caddy in front of the bot at `port` while `body` runs; its files are in `folder`.
    static func run(
        before port: Int,
        images: URL,
        in folder: URL,
        _ body: (CaddyProcess) async throws -> Void
    ) async throws {
        let own = try freePort()
        let caddy = CaddyProcess(
            url: try BaseURL("http://127.0.0.1:\(own)"),
            logFile: folder.appending(path: "caddy.log")
        )
        let process = Process()
        process.executableURL = URL(filePath: program ?? "caddy")
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        process.arguments = [
            "run", "--adapter", "caddyfile", "--config", root.appending(path: "Caddyfile").path(),
        ]
        process.environment = [
            "HOME": folder.path(), "OKAI_BIND": "127.0.0.1", "OKAI_SITE": ":\(own)",
            "OKAI_BOT": "127.0.0.1:\(port)", "OKAI_IMAGE_DIR": images.path(),
        ]
        _ = FileManager.default.createFile(atPath: caddy.logFile.path(), contents: nil)
        let output = try FileHandle(forWritingTo: caddy.logFile)
        (process.standardOutput, process.standardError) = (output, output)
        try process.run()
        defer {
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try await eventually("Caddy answers") { (try? await caddy.status(.get, "/none")) == 404 }
        try await body(caddy)
    }

    /// Sends a request without normalising its path.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: RequestBody = .none,
        headers: HTTPFields = [:]
    ) async throws -> Answer {
        let request = HTTPRequest(
            method: method,
            scheme: url.scheme,
            authority: url.authority,
            path: path,
            headerFields: headers
        )
        let (response, bytes) = try await HTTPClient().send(request, body: body)
        return Answer(
            status: response.status.code,
            headers: response.headerFields,
            body: String(decoding: bytes, as: UTF8.self)
        )
    }

    func status(_ method: HTTPRequest.Method, _ path: String) async throws -> Int {
        try await send(method, path).status
    }
}
