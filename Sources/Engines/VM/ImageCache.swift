import Crypto
import Foundation
import HTTP
import HTTPTypes
import Jobs

/// A folder of downloaded images; each image is downloaded once.
struct ImageCache: Sendable {
    /// How long a download may receive nothing before it fails.
    private static let idleLimit = Duration.seconds(60)

    let folder: String
    let http: HTTPClient

    /// The path of the image at `location`, which is a path or a URL.
    ///
    /// If `location` is a URL, the image is downloaded unless the folder has a file with the image's name.
    ///
    /// The name of an image that the bot built contains the first 12 digits of the image's SHA-256. The digits are
    /// checked after the download.
    ///
    /// - Throws: ``EngineError``, `TransferError`, or an error of the file system.
    func path(of location: String) async throws -> String {
        guard location.hasPrefix("http://") || location.hasPrefix("https://") else { return location }
        guard let slash = location.lastIndex(of: "/"), let base = try? BaseURL(String(location[..<slash]))
        else {
            throw EngineError.cannotStart("\"\(location)\" is not the URL of an image")
        }
        let name = String(location[location.index(after: slash)...])
        guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*/) != nil else {
            throw EngineError.cannotStart(
                "the image's name \"\(name)\" must begin with a letter or a digit, and have only these, dots, - and _"
            )
        }
        let path = "\(folder)/\(name)"
        if FileManager.default.fileExists(atPath: path) { return path }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let part = "\(folder)/.\(name).\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: part) }  // After a success, it was moved.
        let hash = try await download(base, name, to: part)
        if let expected = name.wholeMatch(of: /okai-([0-9a-f]{12})\..*/)?.1, !hash.hasPrefix(expected) {
            throw EngineError.cannotStart(
                "\(location) serves another image: its SHA-256 is \(hash), which does not begin with \(expected)"
            )
        }
        try FileManager.default.moveItem(atPath: part, toPath: path)
        return path
    }

    /// Downloads the file and returns its SHA-256.
    private func download(_ base: BaseURL, _ name: String, to part: String) async throws -> String {
        let (response, body) = try await http.open(
            base.request(.get, name),
            timeouts: TransferTimeouts(total: nil, idle: Self.idleLimit)
        )
        guard response.status == .ok else {
            throw EngineError.cannotStart("\(base)/\(name) answers with status \(response.status.code)")
        }
        guard FileManager.default.createFile(atPath: part, contents: nil),
            let file = FileHandle(forWritingAtPath: part)
        else { throw EngineError.cannotStart("cannot write \(part)") }
        defer { try? file.close() }  // A failed write has thrown its error before.
        var hash = SHA256()
        for try await chunk in body {
            hash.update(data: chunk)
            try file.write(contentsOf: chunk)
        }
        return hash.finalize().map { String(format: "%02x", $0) }.joined()
    }
}
