package import Contract
import Foundation
import Tables
import Trainer
import Walrus

/// Determines the kind of a file from its bytes alone.
package enum ContentSniffer {
    /// The size of the largest JSON file that is parsed, in bytes.
    ///
    /// A larger file counts as text, because parsing would need too much memory.
    private static let jsonLimit = 16 << 20

    /// The limit of a receipt's metrics on a card, in bytes of JSON.
    private static let metricsLimit = 64 << 10

    /// The card of `blob`, whose bytes are in the file at `path`.
    ///
    /// - Throws: An error if the file cannot be read, `CSVError.cancelled` if `isCancelled` returns true.
    package static func card(
        of blob: StoredBlob,
        at path: String,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) throws -> BlobCard {
        let file = try MappedFile(path: path)
        return try file.withBytes { bytes in
            guard bytes.isText else {
                if let table = try table(in: bytes, isCancelled) {
                    return BlobCard(blob: blob, content: .csv, table: table)
                }
                return BlobCard(blob: blob, content: binary(bytes))
            }
            if bytes.beginsLikeJSON {
                if let receipt = try receipt(in: bytes) {
                    return BlobCard(blob: blob, content: .receipt, receipt: receipt)
                }
                return BlobCard(blob: blob, content: isJSON(bytes) ? .json : .text)
            }
            let table = try table(in: bytes, isCancelled)
            return BlobCard(blob: blob, content: table == nil ? .text : .csv, table: table)
        }
    }

    private static func binary(_ bytes: Span<UInt8>) -> BlobCard.Content {
        if ImageSignature.all.contains(where: { $0.matches(bytes) }) { return .image }
        return ONNXFormat.matches(bytes) ? .onnx : .binary
    }

    /// The receipt in `bytes`, with its metrics trimmed for a card; nil if `bytes` are not a receipt.
    private static func receipt(in bytes: Span<UInt8>) throws -> Receipt? {
        guard bytes.count <= jsonLimit else { return nil }
        var receipt: Receipt
        do {
            receipt = try Wire.decode(Receipt.self, from: bytes.withUnsafeBufferPointer { Array($0) })
        } catch {
            // JSON, but not a receipt.
            return nil
        }
        receipt.metrics = try receipt.metrics.trimmed(toBytes: metricsLimit)
        return receipt
    }

    /// The table in `bytes`; nil unless it has a usable header, at least two columns and a row.
    ///
    /// - Throws: `CSVError.cancelled` if `isCancelled` returns true.
    private static func table(
        in bytes: Span<UInt8>,
        _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(CSVError) -> BlobCard.Table? {
        do throws(CSVError) {
            let profile = try profile(of: bytes, isCancelled)
            guard profile.columns.count >= 2, profile.rows >= 1 else { return nil }
            return BlobCard.Table(profile)
        } catch .cancelled {
            throw .cancelled
        } catch {
            // Text, but not a table.
            return nil
        }
    }

    /// What a training would do with the table in `bytes`, which this machine's memory must hold.
    static func profile(
        of bytes: Span<UInt8>,
        _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(CSVError) -> TableProfile {
        try TableProfile(
            of: bytes,
            memoryLimit: Int(clamping: ProcessInfo.processInfo.physicalMemory),
            threads: ProcessInfo.processInfo.activeProcessorCount,
            ReadingObserver(isCancelled: isCancelled)
        )
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
    /// The limits of the sample on a card: the number of columns, and the number of characters in a cell.
    private static let (sampleColumns, cellLength) = (12, 40)

    init(_ profile: TableProfile) {
        let columns = profile.columns.prefix(Self.mostColumns)
        self.init(rows: profile.rows, columns: columns.map(\.name), target: profile.target)
        width = profile.columns.count > columns.count ? profile.columns.count : nil
        obstacle = profile.obstacle.map { "\($0)" } ?? Self.lackOfRows(profile)
        if profile.obstacle == nil {
            kinds = columns.map { BlobCard.ColumnKind($0, in: profile) }
            missing = columns.map { $0.missing ?? 0 }
            notes = columns.enumerated().compactMap { BlobCard.ColumnNote($1, at: $0) }
        }
        (decisions, warnings) = (profile.decisions.shortened, profile.warnings.shortened)
        task = obstacle != nil ? nil : profile.isRegression ? .regression : .classification
        classes = profile.classes
        sample = profile.sample.map { row in
            row.prefix(Self.sampleColumns).map { String($0.prefix(Self.cellLength)) }
        }
    }

    /// Why a table with a row for each class has no test row; nil for other tables.
    private static func lackOfRows(_ profile: TableProfile) -> String? {
        profile.rows == profile.classes ? "\(TrainingError.tooFewRows(rows: profile.rows))" : nil
    }
}

extension BlobCard.ColumnKind {
    fileprivate init(_ column: TableReading.Column, in profile: TableProfile) {
        self =
            switch column.kind {
            case .number?: .number
            // Classes of the target may be written as numbers.
            case .category? where column.isTarget == true && profile.hasNumbers(column.name): .number
            case .category?: .text
            case .date?: .date
            case nil: .leftOut
            }
    }
}

extension TableProfile {
    /// Whether all cells of the column in the sample are numbers or empty.
    fileprivate func hasNumbers(_ name: String) -> Bool {
        guard let index = columns.firstIndex(where: { $0.name == name }) else { return false }
        return sample.allSatisfy { row in
            index >= row.count || row[index].isEmpty || Double(row[index]) != nil
        }
    }
}

extension BlobCard.ColumnNote {
    /// The length of a reason or a notation, in characters.
    private static let mostCharacters = 60

    /// Nil if the column is read as plain numbers or categories.
    fileprivate init?(_ column: TableReading.Column, at index: Int) {
        let notation =
            column.leftOut == nil ? column.notation.map { "\($0)" } ?? column.date.map { "\($0)" } : nil
        guard column.leftOut != nil || notation != nil else { return nil }
        self.init(
            column: index,
            leftOut: column.leftOut.map { String($0.prefix(Self.mostCharacters)) },
            notation: notation.map { String($0.prefix(Self.mostCharacters)) },
            parts: column.parts?.count
        )
    }
}

extension [String] {
    /// The first lines, each with at most 200 characters, so that a card stays small.
    fileprivate var shortened: [String] {
        prefix(40).map(\.asLine)
    }
}

/// The bytes by which a picture format is recognised, and their fixed offset in the file.
private struct ImageSignature {
    let bytes: [UInt8]
    var offset = 0

    static let all = [
        ImageSignature(bytes: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),  // PNG
        ImageSignature(bytes: [0xFF, 0xD8, 0xFF]),  // JPEG
        ImageSignature(bytes: Array("GIF8".utf8)),
        ImageSignature(bytes: Array("WEBP".utf8), offset: 8),
    ]

    func matches(_ content: Span<UInt8>) -> Bool {
        content.count >= offset + bytes.count
            && bytes.indices.allSatisfy { content[offset + $0] == bytes[$0] }
    }
}

/// Decodes any JSON value and ignores it, to check the syntax.
private struct AnyJSON: Decodable {
    init(from decoder: any Decoder) throws {}
}

extension Span<UInt8> {
    /// Whether the bytes are UTF-8 without ASCII control characters, except tab, line feed, form feed and return.
    fileprivate var isText: Bool {
        for index in indices {
            let byte = self[index]
            if byte < 0x20, byte != 0x09, byte != 0x0A, byte != 0x0C, byte != 0x0D { return false }
            if byte == 0x7F { return false }
        }
        return withUnsafeBufferPointer { String(validating: $0, as: UTF8.self) != nil }
    }

    fileprivate var beginsLikeJSON: Bool {
        for index in indices {
            let byte = self[index]
            if [0x20, 0x09, 0x0A, 0x0D].contains(byte) { continue }
            return byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
        }
        return false
    }
}
