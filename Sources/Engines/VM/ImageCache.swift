import Crypto
import Foundation
import HTTP
import HTTPTypes
import Jobs

/// Images that were downloaded to be booted here, each once.
struct ImageCache: Sendable {
    /// How long nothing may move before a download is given up.
    private static let silence = Duration.seconds(60)

    let folder: String
    let http: HTTPClient

    /// The path of what lies at `place`: itself where that is a path, else a copy of what its URL serves.
    ///
    /// A name that says the content, as those of the bot's own images do, is held against it.
    func path(of place: String) async throws -> String {
        guard place.hasPrefix("http://") || place.hasPrefix("https://") else { return place }
        guard let slash = place.lastIndex(of: "/"), let base = try? BaseURL(String(place[..<slash])) else {
            throw EngineError.cannotStart("\"\(place)\" is not the URL of an image")
        }
        let name = String(place[place.index(after: slash)...])
        guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*/) != nil else {
            throw EngineError.cannotStart("\"\(name)\" is not the name of an image")
        }
        let path = "\(folder)/\(name)"
        if FileManager.default.fileExists(atPath: path) { return path }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let part = "\(folder)/.\(name).\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: part) }  // gone already where all went well
        let sum = try await download(base, name, to: part)
        if let expected = name.wholeMatch(of: /okai-([0-9a-f]{12})\..*/)?.1, !sum.hasPrefix(expected) {
            throw EngineError.cannotStart("what \(place) serves is not that image: its SHA-256 is \(sum)")
        }
        try FileManager.default.moveItem(atPath: part, toPath: path)
        return path
    }

    /// Downloads the file and returns its SHA-256.
    private func download(_ base: BaseURL, _ name: String, to part: String) async throws -> String {
        let (response, body) = try await http.open(
            base.request(.get, name),
            timeouts: TransferTimeouts(total: nil, idle: Self.silence)
        )
        guard response.status == .ok else {
            throw EngineError.cannotStart("\(base)/\(name) answers \(response.status.code)")
        }
        guard FileManager.default.createFile(atPath: part, contents: nil),
            let file = FileHandle(forWritingAtPath: part)
        else { throw EngineError.cannotStart("cannot write \(part)") }
        defer { try? file.close() }  // what was not written shows in the sum
        var hash = SHA256()
        for try await chunk in body {
            hash.update(data: chunk)
            try file.write(contentsOf: chunk)
        }
        return hash.finalize().map { String(format: "%02x", $0) }.joined()
    }
}
