import ArgumentParser
import Contract
import Foundation
import Walrus

/// Blobs by hand.
struct WalrusVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "walrus",
        abstract: "Compute IDs, store and read blobs and quilts, serve a Walrus of your own.",
        subcommands: [ID.self, Put.self, Get.self, QuiltVerbs.self, ServeWalrus.self]
    )

    struct ID: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the blob ID of a file.")

        @Argument(transform: DashedID.unmarked) var file: String
        @Option(help: "How many shards the network has.") var shards = CodeShape.defaultShards

        func run() async throws {
            let encoder: BlobEncoder
            do {
                encoder = try BlobEncoder(shards: shards)
            } catch {
                throw ValidationError("\(error)")
            }
            let file = try file.fileName()
            let blob = try await watched("reading") { try await encoder.identify(file, onProgress: $0) }
            print(blob.id)
        }
    }

    struct Put: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Store a file and print its blob ID, recomputed here."
        )

        @Argument(transform: DashedID.unmarked) var file: String
        @Flag(help: "Upload nothing where an aggregator says that it has the blob, for however long.")
        var ifMissing = false
        @OptionGroup var option: SettingsOption

        func run() async throws {
            let file = try file.fileName()
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
            print(blob.id)
            let words = answer.words(size: blob.size, epochs: settings.epochs)
            FileHandle.standardError.write(Data("\(words)\n".utf8))
        }
    }

    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Read a blob into a file (default: one named by its ID), which appears only when it is right."
        )

        @Argument(transform: DashedID.unmarked) var id: String
        @Argument(transform: DashedID.unmarked) var file: String?
        @OptionGroup var option: SettingsOption

        func run() async throws {
            let (id, path) = (try BlobID(argument: id), try (file ?? id).fileName())
            let client = try option.settings().walrusClient()
            let stored = try await watched("getting") {
                try await client.fetch(id, to: path, onProgress: $0)
            }
            print("\(path): \(stored.size) bytes, ID verified")
        }
    }
}

extension StoreResponse {
    /// What came of a put of `size` bytes that were to be kept for `epochs` epochs.
    fileprivate func words(size: Int, epochs: Int) -> String {
        let state =
            switch source {
            case .newlyCreated: "stored, \(size) bytes"
            case .alreadyCertified: "was there already, \(size) bytes"
            case .foundOnAggregator:
                "seen at an aggregator, \(size) bytes; for how long it stays, nobody said"
            }
        let end = endEpoch.map { ", until epoch \($0)" } ?? ""
        let object = object.map { ", object \($0)" } ?? ""
        guard let kept = self.epochs, kept < epochs else { return state + end + object }
        return state + end + object + "; that is \(kept) epochs, not the \(epochs) that were asked for"
    }
}

extension String {
    /// Itself, where it can be a file's name.
    func fileName() throws(ValidationError) -> String {
        guard isEmpty else { return self }
        throw ValidationError("a file's name is empty: name a file")
    }
}

extension BlobID {
    /// What is none is wrong usage.
    init(argument text: String) throws(ValidationError) {
        do {
            try self.init(text)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}

extension BlobEncoder {
    /// The ID and size of the file at `path`, computed away from the cooperative threads.
    func identify(
        _ path: String,
        onProgress: @escaping @Sendable (TransferProgress) -> Void
    ) async throws -> StoredBlob {
        try await BackgroundWork.run {
            try self.blob(atPath: path, isCancelled: $0) { onProgress(.computingID($0)) }
        }
    }
}
