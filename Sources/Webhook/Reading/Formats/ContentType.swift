import Foundation

/// The header `Content-Type`: a media type and its parameters.
struct ContentType: Equatable {
    /// The media type in lower case, such as `text/plain`.
    let media: String
    private let parameters: [String: String]

    /// Nil if there is no header, or it names no media type.
    init?(_ header: String?) {
        guard let header else { return nil }
        let parts = Self.parts(of: header)
        guard let media = parts.first?.lowercased(), !media.isEmpty else { return nil }
        self.media = media
        parameters = Self.parameters(parts.dropFirst())
    }

    /// The parameters of a header such as `form-data; name="file"; filename="a.png"`, by their names in lower case.
    static func parameters(of header: String) -> [String: String] {
        parameters(parts(of: header).dropFirst())
    }

    var charset: String? { parameters["charset"] }
    var boundary: String? { parameters["boundary"] }

    /// The part of a header between semicolons that are not within quotes.
    private static func parts(of header: String) -> [String] {
        var (parts, part, isQuoted, isEscaped) = ([String](), "", false, false)
        for character in header {
            if isEscaped {
                part.append(character)
                isEscaped = false
            } else if character == "\\", isQuoted {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if character == ";", !isQuoted {
                parts.append(part)
                part = ""
            } else {
                part.append(character)
            }
        }
        return (parts + [part]).map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private static func parameters(_ parts: ArraySlice<String>) -> [String: String] {
        var parameters: [String: String] = [:]
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            let name = pair[0].trimmingCharacters(in: .whitespaces).lowercased()
            parameters[name] = pair[1].trimmingCharacters(in: .whitespaces)
        }
        return parameters
    }
}
