import Foundation

/// The type of a file, from its first bytes: what a sender says about it may be wrong.
enum FileType: String, CaseIterable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webp = "image/webp"
    case pdf = "application/pdf"
    case zip = "application/zip"
    case gzip = "application/gzip"
    case text = "text/plain"
    case unknown = "application/octet-stream"

    init(head: [UInt8]) {
        let found = Self.allCases.first { type in
            type.signature.map { !$0.isEmpty && head.starts(with: $0) } ?? false
        }
        if let found {
            self = found
        } else if head.starts(with: Array("RIFF".utf8)), head.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            self = .webp
        } else {
            self = Self.isText(head) ? .text : .unknown
        }
    }

    /// The bytes with which such a file begins; nil if that does not suffice to tell.
    private var signature: [UInt8]? {
        switch self {
        case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        case .jpeg: [0xFF, 0xD8, 0xFF]
        case .gif: Array("GIF8".utf8)
        case .pdf: Array("%PDF-".utf8)
        case .zip: [0x50, 0x4B, 0x03, 0x04]
        case .gzip: [0x1F, 0x8B]
        case .webp, .text, .unknown: nil
        }
    }

    var fileExtension: String {
        switch self {
        case .png: "png"
        case .jpeg: "jpg"
        case .gif: "gif"
        case .webp: "webp"
        case .pdf: "pdf"
        case .zip: "zip"
        case .gzip: "gz"
        case .text: "txt"
        case .unknown: "bin"
        }
    }

    /// Whether the bytes are UTF-8 without U+0000; the last character may be cut off.
    static func isText(_ bytes: [UInt8]) -> Bool {
        guard !bytes.contains(0) else { return false }
        return (0...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }
}
