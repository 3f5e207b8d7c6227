import ArgumentParser
import Contract
import Foundation
import Walrus

/// `okaibot walrus quilt`: lists and reads the patches of quilts.
///
/// A quilt is one blob that contains many small blobs, called patches.
struct QuiltVerbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quilt",
        abstract: "List and read the patches of a quilt. The whole quilt is fetched and verified.",
        subcommands: [List.self, Get.self]
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the patches of a quilt.")

        @Argument(transform: DashedID.unmarked) var quilt: String
        @Flag(help: "Print a JSON array in the format of aggregators.") var json = false
        @OptionGroup var option: SettingsOption

        private struct Line: Encodable {
            let identifier: String
            let patch_id: String
            let tags: [String: String]
        }

        func run() async throws {
            let lines = try await option.settings().withQuilt(quilt) { quilt in
                quilt.patches.map {
                    Line(identifier: $0.identifier, patch_id: quilt.patchID($0), tags: $0.tags)
                }
            }
            guard !json else {
                return StandardOutput.writeLine(String(decoding: try Wire.encode(lines), as: UTF8.self))
            }
            for line in lines {
                let tags = line.tags.sorted { $0.key < $1.key }.map { "  \($0.key)=\($0.value)" }.joined()
                StandardOutput.writeLine("\(line.patch_id)  \(line.identifier)\(tags)")
            }
        }
    }

    struct Get: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read one patch of a quilt into a file (default: a file named IDENTIFIER)."
        )

        @Argument(transform: DashedID.unmarked) var quilt: String
        @Argument(transform: DashedID.unmarked) var identifier: String
        @Argument(transform: DashedID.unmarked) var file: String?
        @OptionGroup var option: SettingsOption

        func validate() throws {
            guard file != nil || identifier.isFileName else {
                throw ValidationError("\"\(identifier)\" cannot be the name of a file: add a file name")
            }
        }

        func run() async throws {
            let (identifier, path) = (identifier, try (file ?? identifier).requiredFileName())
            let size = try await option.settings().withQuilt(quilt) { quilt in
                let data = try quilt.data(of: try quilt.patch(identifier))
                let file = try PartialFile(for: path)
                try file.append(data)
                try file.commit()
                return data.count
            }
            StandardOutput.writeLine("\(path): \(size) bytes, the quilt's ID verified")
        }
    }
}

extension Settings {
    /// Fetches the quilt, verifies its ID, and passes it to `body`.
    fileprivate func withQuilt<Value: Sendable>(
        _ text: String,
        _ body: @escaping @Sendable (Quilt) throws -> Value
    ) async throws -> Value {
        let id = try BlobID(argument: text)
        let client = try walrusClient()
        return try await watched("getting") { show in
            try await withScratchFolder { folder in
                _ = try await client.fetch(id, to: "\(folder)/quilt", patience: .brief, onProgress: show)
                return try body(Quilt(id, path: "\(folder)/quilt"))
            }
        }
    }
}

extension String {
    /// Whether a file in the current folder can have this name.
    fileprivate var isFileName: Bool {
        !contains("/") && !["", ".", ".."].contains(self) && utf8.count <= 255
    }
}
