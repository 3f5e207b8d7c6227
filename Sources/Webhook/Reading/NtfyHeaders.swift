import Foundation
import HTTPTypes
import Store

/// The fields of a post that are given as headers, under all names that ntfy accepts (docs.ntfy.sh/publish).
struct NtfyHeaders {
    private(set) var title: String?
    private(set) var message: String?
    private(set) var link: String?
    private(set) var tags: [String]?
    private(set) var priority: TopicPost.Priority?

    init(_ headers: HTTPFields) {
        // For speed, one loop over the headers instead of one search for each name.
        for field in headers where !field.value.isEmpty {
            switch field.name.canonicalName {
            case "x-title", "title", "ti", "t": title = field.value.decodingEncodedWords
            case "x-message", "message", "m": message = field.value.decodingEncodedWords
            case "x-click", "click": link = field.value
            case "x-tags", "tags", "tag", "ta":
                tags = field.value.decodingEncodedWords.split(separator: ",").map(String.init)
            case "x-priority", "priority", "prio", "p": priority = .init(word: field.value)
            default: break
            }
        }
    }
}

extension TopicPost.Priority {
    /// Parses a number from 1 to 5, or ntfy's word for such a number.
    init?(word: String) {
        switch word.trimmingCharacters(in: .whitespaces).lowercased() {
        case "1", "min": self = .min
        case "2", "low": self = .low
        case "3", "default": self = .normal
        case "4", "high": self = .high
        case "5", "max", "urgent": self = .urgent
        default: return nil
        }
    }
}

extension String {
    /// The text with the encoded words of RFC 2047 decoded, if they have the form `=?UTF-8?B?…?=`.
    fileprivate var decodingEncodedWords: String {
        replacing(/=\?(?i:utf-8)\?(?i:b)\?([A-Za-z0-9+\/=]+)\?=/) { match in
            Data(base64Encoded: String(match.1)).map { String(decoding: $0, as: UTF8.self) }
                ?? String(match.0)
        }
    }
}
