import ArgumentParser
import Contract
import Foundation
import Walrus

/// `okaibot walrus`: computes blob IDs, and reads and stores blobs.
struct WalrusVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walrus",
        abstract: "Compute blob IDs, store and read blobs and quilts, and serve a local Walrus.",
        subcommands: [ID.self, Put.self, Get.self, QuiltVerbs.self, ServeWalrus.self]
    )

    struct ID: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the blob ID of a file.")

        @Argument(transform: DashedID.unmarked) var file: String
        @Option(help: "The number of shards of the network.") var shards = CodeShape.defaultShards

        func run() async throws {
            let encoder: BlobEncoder
            do {
                encoder = try BlobEncoder(shards: shards)
            } catch {
                throw ValidationError("\(error)")
            }
            let file = try file.requiredFileName()
            let blob = try await watched("reading") { try await encoder.identify(file, onProgress: $0) }
            StandardOutput.writeLine("\(blob.id)")
        }
    }

    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Store a file, and print its blob ID. The ID is computed on this machine."
        )

        @Argument(transform: DashedID.unmarked) var file: String
        @Flag(help: "Upload nothing if an aggregator has the blob, even if the blob expires soon.")
        var ifMissing = false
        @OptionGroup var option: SettingsOption

        func run() async throws {
            let file = try file.requiredFileName()
            let settings = try option.settings()
            let client = try settings.walrusClient()
            let ifMissing = ifMissing
            let (blob, answer) = try await watched("putting") { show in
                let blob = try await BlobEncoder().identify(file, onProgress: show)
                let answer = try await client.store(
                    file: file,
                    as: blob,
                    epochs: settings.epochs,
                    onlyIfMissing: ifMissing,
                    onProgress: show
                )
                return (blob, answer)
            }
            StandardOutput.writeLine("\(blob.id)")
            let summary = answer.summary(size: blob.size, epochs: settings.epochs)
            StandardError.write("\(summary)\n")
        }
    }

    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Read a blob into a file (default: a file named ID). Writes no file if the bytes have another ID."
        )

        @Argument(transform: DashedID.unmarked) var id: String
        @Argument(transform: DashedID.unmarked) var file: String?
        @OptionGroup var option: SettingsOption

        func run() async throws {
            let (id, path) = (try BlobID(argument: id), try (file ?? id).requiredFileName())
            let client = try option.settings().walrusClient()
            let stored = try await watched("getting") {
                try await client.fetch(id, to: path, patience: .brief, onProgress: $0)
            }
            StandardOutput.writeLine("\(path): \(stored.size) bytes, ID verified")
        }
    }
}

extension StoreResponse {
    /// The result of a put of `size` bytes for `epochs` epochs, as one line.
    fileprivate func summary(size: Int, epochs: Int) -> String {
        let state =
            switch source {
            case .newlyCreated: "stored, \(size) bytes"
            case .alreadyCertified: "already stored, \(size) bytes"
            case .foundOnAggregator:
                "found at an aggregator, \(size) bytes; the end epoch of the blob is unknown"
            }
        let end = endEpoch.map { ", until epoch \($0)" } ?? ""
        let object = object.map { ", object \($0)" } ?? ""
        guard let kept = self.epochs, kept < epochs else { return state + end + object }
        return state + end + object + "; it was stored for \(kept) epochs, but \(epochs) were requested"
    }
}

extension String {
    /// Returns the text.
    ///
    /// - Throws: `ValidationError` if the text is empty.
    func requiredFileName() throws(ValidationError) -> String {
        guard isEmpty else { return self }
        throw ValidationError("the name of the file is empty: name a file")
    }
}

extension BlobID {
    /// - Throws: `ValidationError` if `text` is not a blob ID.
    init(argument text: String) throws(ValidationError) {
        do {
            try self.init(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}

extension BlobEncoder {
    /// Computes the ID and size of the file at `path` on a background thread.
    func identify(
        _ path: String,
        onProgress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredBlob {
        try await BackgroundWork.run {
            try self.blob(atPath: path, isCancelled: $0) { onProgress(.computingID($0)) }
        }
    }
}
