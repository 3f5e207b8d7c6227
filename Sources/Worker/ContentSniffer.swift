package import Contract
import FoundationEssentials
import Tables
import Walrus

/// Says what a file holds from its bytes alone.
package enum ContentSniffer {
    /// JSON beyond this many bytes is called text, rather than holding its whole tree in memory.
    private static let jsonLimit = 16 << 20

    /// What metrics may weigh on a card.
    private static let metricsLimit = 64 << 10

    /// The card of the blob whose bytes the file at `path` holds.
    package static func card(of blob: StoredBlob, at path: String) throws -> BlobCard {
        let file = try MappedFile(path: path)
        return try file.withBytes { bytes in
            guard bytes.isText else { return BlobCard(blob: blob, content: binary(bytes)) }
            if bytes.opensLikeJSON {
                if let receipt = try receipt(in: bytes) {
                    return BlobCard(blob: blob, content: .receipt, receipt: receipt)
                }
                return BlobCard(blob: blob, content: isJSON(bytes) ? .json : .text)
            }
            let table = table(in: bytes)
            return BlobCard(blob: blob, content: table == nil ? .text : .csv, table: table)
        }
    }

    private static func binary(_ bytes: Span<UInt8>) -> BlobCard.Content {
        if ImageMark.all.contains(where: { $0.opens(bytes) }) { return .image }
        return ModelProto.isLikely(bytes) ? .onnx : .binary
    }

    /// The record of a training, with as much of its metrics as a card takes.
    private static func receipt(in bytes: Span<UInt8>) throws -> Receipt? {
        guard bytes.count <= jsonLimit else { return nil }
        var receipt: Receipt
        do {
            receipt = try Wire.decode(Receipt.self, from: bytes.withUnsafeBufferPointer { Array($0) })
        } catch {
            // JSON of another kind.
            return nil
        }
        receipt.metrics = try receipt.metrics.fitting(metricsLimit)
        return receipt
    }

    /// What can be trained on: two columns, a row, and a header that makes sense.
    private static func table(in bytes: Span<UInt8>) -> BlobCard.Table? {
        do {
            let profile = try CSVProfile(of: bytes)
            guard profile.columns.count >= 2, profile.rows >= 1 else { return nil }
            return BlobCard.Table(profile)
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

extension BlobCard.Table {
    /// How much of the first rows a card shows.
    private static let (sampleColumns, cellLength) = (12, 40)

    init(_ profile: CSVProfile) {
        let columns = profile.columns.prefix(Self.mostColumns)
        self.init(rows: profile.rows, columns: columns.map(\.name), target: profile.target)
        width = profile.columns.count > columns.count ? profile.columns.count : nil
        kinds = columns.map { $0.isText ? .text : .number }
        missing = columns.map(\.missing)
        task = profile.isRegression ? .regression : .classification
        classes = profile.classes
        sample = profile.sample.map { row in
            row.prefix(Self.sampleColumns).map { String($0.prefix(Self.cellLength)) }
        }
    }
}

/// How files of pictures begin.
private struct ImageMark {
    let bytes: [UInt8]
    var offset = 0

    static let all = [
        ImageMark(bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),  // PNG
        ImageMark(bytes: [0xFF, 0xD8, 0xFF]),  // JPEG
        ImageMark(bytes: Array("GIF8".utf8)),
        ImageMark(bytes: Array("WEBP".utf8), offset: 8),
    ]

    func opens(_ content: Span<UInt8>) -> Bool {
        content.count >= offset + bytes.count
            && bytes.indices.allSatisfy { content[offset + $0] == bytes[$0] }
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
