import Contract
import Foundation
import Trainer
import Walrus

/// A look at a blob for the bot: how large it is, and what it seems to hold.
struct LookWork: Sendable {
    let arguments: LookArguments
    let walrus: WalrusGate
    let folder: WorkFolder

    func run() async throws -> Outcome {
        let path = folder.file("blob")
        let blob: StoredBlob
        do {
            blob = try await walrus.fetch(arguments.blob, to: path)
        } catch WalrusError.notFound {
            return .missing(blob: arguments.blob)
        }
        return .looked(card: try await BackgroundWork.run { _ in try Self.card(of: blob, atPath: path) })
    }

    private static func card(of blob: StoredBlob, atPath path: String) throws -> BlobCard {
        try MappedFile(path: path).withBytes { bytes in
            guard isText(bytes) else {
                return BlobCard(blob: blob, content: isModel(bytes) ? .onnx : .binary)
            }
            if isJSON(bytes) { return BlobCard(blob: blob, content: .json) }
            guard let profile = table(bytes) else { return BlobCard(blob: blob, content: .text) }
            let table = BlobCard.Table(rows: profile.rows, columns: profile.columns, target: profile.target)
            return BlobCard(blob: blob, content: .csv, table: table)
        }
    }

    /// A text with at least two columns in every line is a table; one that is no table says so by an error.
    private static func table(_ bytes: Span<UInt8>) -> CSVProfile? {
        do {
            let profile = try CSVProfile(of: bytes)
            return profile.columns.count > 1 ? profile : nil
        } catch {
            return nil
        }
    }

    /// Whether the first 64 KiB hold no control character but tab and line ends.
    private static func isText(_ bytes: Span<UInt8>) -> Bool {
        (0..<min(bytes.count, 1 << 16)).allSatisfy { bytes[$0] >= 32 || (9...13).contains(bytes[$0]) }
    }

    private static func isJSON(_ bytes: Span<UInt8>) -> Bool {
        guard let first = (0..<bytes.count).first(where: { bytes[$0] > 32 }),
            [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(bytes[first])
        else { return false }
        let data = Data((0..<bytes.count).map { bytes[$0] })
        do {
            _ = try JSONSerialization.jsonObject(with: data)
            return true
        } catch {
            return false
        }
    }

    private static func isModel(_ bytes: Span<UInt8>) -> Bool {
        do {
            _ = try ForestModel(onnx: bytes)
            return true
        } catch {
            return false
        }
    }
}
