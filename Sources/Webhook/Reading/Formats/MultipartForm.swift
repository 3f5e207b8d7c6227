import Foundation

/// A body of the type `multipart/form-data` (RFC 7578), such as `curl -F` sends.
struct MultipartForm {
    private(set) var fields: [(name: String, value: String)] = []
    /// Nil if there is none.
    private(set) var file: PostFields.File?

    private static let mostParts = 100
    /// The longest boundary (RFC 2046, 5.1.1), in bytes; the time of the search grows with it.
    private static let longestBoundary = 70

    /// - Throws: ``WebhookError/malformed(_:)``.
    init(_ body: Data, boundary: String?) throws {
        guard let boundary, !boundary.isEmpty else {
            throw WebhookError.malformed("the Content-Type multipart/form-data has no boundary")
        }
        guard boundary.utf8.count <= Self.longestBoundary else {
            throw WebhookError.malformed(
                "the boundary of its Content-Type has \(boundary.utf8.count) bytes: at most \(Self.longestBoundary) are allowed"
            )
        }
        let mark = Data("--\(boundary)".utf8)
        guard var position = body.range(of: mark)?.upperBound else {
            throw WebhookError.malformed("it has no part that begins with the boundary of its Content-Type")
        }
        var count = 0
        // "--" follows the last boundary.
        while !body[position...].starts(with: Data("--".utf8)) {
            guard let end = body.range(of: Data("\r\n".utf8) + mark, in: position..<body.endIndex) else {
                throw WebhookError.malformed("its last part has no end")
            }
            count += 1
            guard count <= Self.mostParts else {
                throw WebhookError.malformed("it has more than \(Self.mostParts) parts")
            }
            try add(body[position..<end.lowerBound])
            position = end.upperBound
        }
    }

    /// Adds a part: headers, an empty line, and the content.
    private mutating func add(_ part: Data) throws {
        guard let blank = part.range(of: Data("\r\n\r\n".utf8)) else {
            throw WebhookError.malformed("a part of it has no empty line after its headers")
        }
        var (disposition, type): ([String: String], String?) = ([:], nil)
        for line in String(decoding: part[..<blank.lowerBound], as: UTF8.self).split(separator: "\r\n") {
            let pair = line.split(separator: ":", maxSplits: 1)
            guard pair.count == 2 else { continue }
            switch pair[0].lowercased() {
            case "content-disposition": disposition = ContentType.parameters(of: String(pair[1]))
            case "content-type": type = pair[1].trimmingCharacters(in: .whitespaces)
            default: break
            }
        }
        let content = part[blank.upperBound...]
        if let name = disposition["filename"] {
            // A browser sends this for a file that its user did not choose.
            if name.isEmpty, content.isEmpty { return }
            guard file == nil else {
                throw WebhookError.malformed("it has several files: post each of them by itself")
            }
            file = .init(bytes: content, name: name.isEmpty ? nil : name, type: type)
        } else if let name = disposition["name"]?.lowercased() {
            let text = PostText.text(of: Array(content), charset: ContentType(type)?.charset)
            fields.append((name, text ?? ""))
        }
    }
}
