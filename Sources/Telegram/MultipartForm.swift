import Foundation

/// A body of `multipart/form-data` (RFC 7578): fields and files with a boundary between them.
struct MultipartForm {
    /// Long and random, so that it stands in no file.
    private let boundary = "okai-\(UInt64.random(in: 0...UInt64.max))-\(UInt64.random(in: 0...UInt64.max))"
    private var parts: [UInt8] = []

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }
    var body: [UInt8] { parts + Array("--\(boundary)--\r\n".utf8) }

    mutating func add(_ name: String, _ value: String) {
        add("name=\"\(name)\"", [], Array(value.utf8))
    }

    mutating func add(_ name: String, json: some Sequence<UInt8>) {
        add("name=\"\(name)\"", ["Content-Type: application/json"], Array(json))
    }

    mutating func add(_ name: String, file: String, _ bytes: [UInt8]) {
        let safe = file.filter { !"\"\r\n\\".contains($0) }
        add("name=\"\(name)\"; filename=\"\(safe)\"", ["Content-Type: application/octet-stream"], bytes)
    }

    /// Writes the body to a new file at `path`, with one part more: the file at `source`, copied piece by piece.
    func write(to path: String, adding name: String, file: String, at source: String) throws {
        var head = self
        head.add(name, file: file, [])
        let input = try FileHandle(forReadingFrom: URL(filePath: source))
        try Data(head.parts.dropLast(2)).write(to: URL(filePath: path), options: .withoutOverwriting)
        let output = try FileHandle(forWritingTo: URL(filePath: path))
        try output.seekToEnd()
        while let piece = try input.read(upToCount: 1 << 20), !piece.isEmpty {
            try output.write(contentsOf: piece)
        }
        try output.write(contentsOf: Data("\r\n--\(boundary)--\r\n".utf8))
        try output.close()
        try input.close()
    }

    private mutating func add(_ disposition: String, _ headers: [String], _ content: [UInt8]) {
        let lines = ["--\(boundary)", "Content-Disposition: form-data; \(disposition)"] + headers + ["", ""]
        parts += Array(lines.joined(separator: "\r\n").utf8) + content + Array("\r\n".utf8)
    }
}
