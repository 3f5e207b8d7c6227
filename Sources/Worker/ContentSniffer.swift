package import Contract
import FoundationEssentials
import Trainer
import Walrus

/// Says what a file holds from its bytes alone.
package enum ContentSniffer {
    /// JSON beyond this many bytes is called text, rather than holding its whole tree in memory.
    private static let jsonLimit = 16 << 20

    package static func sniff(_ path: String) throws -> (
        kind: BlobCard.Content, table: BlobCard.Table?
    ) {
        let file = try MappedFile(path: path)
        return file.withBytes { bytes in
            guard bytes.isText else { return (ModelProto.isLikely(bytes) ? .onnx : .binary, nil) }
            if bytes.opensLikeJSON { return (isJSON(bytes) ? .json : .text, nil) }
            guard let table = table(in: bytes) else { return (.text, nil) }
            return (.csv, table)
        }
    }

    /// What can be trained on: two columns, a row, and a header that makes sense.
    private static func table(in bytes: Span<UInt8>) -> BlobCard.Table? {
        do {
            let profile = try CSVProfile(of: bytes)
            guard profile.columns.count >= 2, profile.rows >= 1 else { return nil }
            return BlobCard.Table(rows: profile.rows, columns: profile.columns, target: profile.target)
        } catch {
            // Not a table: that is an answer, too.
            return nil
        }
    }

    private static func isJSON(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count <= jsonLimit else { return false }
        do {
            _ = try JSONDecoder().decode(
                AnyJSON.self,
                from: bytes.withUnsafeBufferPointer { Data(buffer: $0) }
            )
            return true
        } catch {
            return false
        }
    }
}

/// JSON of any shape, of which only the syntax matters.
private struct AnyJSON: Decodable {
    init(from decoder: any Decoder) throws {}
}

extension Span<UInt8> {
    /// Whether the bytes are UTF-8 without control characters other than tab, line feed, form feed and return.
    fileprivate var isText: Bool {
        for index in indices {
            let byte = self[index]
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0C, byte != 0x0D { return false }
            if byte == 0x7F { return false }
        }
        return withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) != nil }
    }

    fileprivate var opensLikeJSON: Bool {
        for index in indices {
            let byte = self[index]
            if [0x20, 0x09, 0x0A, 0x0D].contains(byte) { continue }
            return byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
        }
        return false
    }
}
