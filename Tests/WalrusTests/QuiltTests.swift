import Contract
import Foundation
import Support
import Testing

@testable import Walrus

@Suite("Quilts")
struct QuiltTests {
    @Test("the patches of the official encoder's quilts are read", arguments: Vectors.shared.quilt)
    func vectors(_ vector: Vectors.QuiltVector) throws {
        try withQuilt(vector) { quilt in
            #expect(quilt.patches.map(\.identifier) == vector.patches.map(\.identifier))
            #expect(quilt.patches.map(quilt.patchID) == vector.patches.map(\.quilt_patch_id))
            for (patch, expected) in zip(quilt.patches, vector.patches) {
                #expect(patch.columns == expected.start..<expected.end)
                let blob = try #require(vector.blobs.first { $0.identifier == patch.identifier })
                #expect(patch.tags == blob.tags)
                #expect(try quilt.data(of: patch) == blob.bytes)
            }
        }
    }

    @Test("the error for a missing patch names the existing ones")
    func missing() throws {
        try withQuilt(Vectors.shared.quilt[1]) { quilt in
            #expect(throws: QuiltError.noPatch("x", among: ["blob-a", "blob-b", "blob-c"])) {
                try quilt.patch("x")
            }
            let patch = try quilt.patch("blob-b")
            #expect(patch.identifier == "blob-b")
        }
    }

    @Test("damage at any position of a quilt is an error")
    func malformed() throws {
        let vector = Vectors.shared.quilt[0]
        let bytes = vector.bytes
        let column = vector.shape.columns * vector.symbol_size
        try expectMalformed(Array("hello".utf8))
        try expectMalformed([UInt8](repeating: 0, count: bytes.count))
        try expectMalformed([UInt8](repeating: 0xFF, count: bytes.count))
        try expectMalformed(Array(bytes.dropLast(2)))
        // Damages each byte of the index, which is in column 0: version, length, count, end column, identifier, tags. Byte 6
        // is left out, because with it the patch only gets more columns than it needs, which is valid.
        for position in 0..<19 where position != 6 {
            var damaged = bytes
            damaged[position / 2 * column + position % 2] = 0xFF
            try expectMalformed(damaged)
        }
    }

    /// Expects an error when the quilt or one of its patches is read.
    private func expectMalformed(_ bytes: [UInt8]) throws {
        try withFile(bytes) { path in
            do {
                let quilt = try Quilt(BlobID(bytes: Array(1...32)), path: path)
                for patch in quilt.patches { _ = try quilt.data(of: patch) }
                Issue.record("the quilt was read without an error")
            } catch is QuiltError {}
        }
    }

    private func withQuilt(_ vector: Vectors.QuiltVector, _ body: (Quilt) throws -> Void) throws {
        let bytes = vector.bytes
        #expect(bytes.count == vector.quilt_length)
        let id = try BlobEncoder().blobID(of: bytes.span)
        #expect(id.description == vector.quilt_blob_id)
        try withFile(bytes) { try body(Quilt(id, path: $0)) }
    }

    private func withFile(_ bytes: [UInt8], _ body: (String) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "okai-test-\(UUID().uuidString)")
        try Data(bytes).write(to: url)
        let result = Result { try body(url.path) }
        try FileManager.default.removeItem(at: url)
        try result.get()
    }
}

extension Vectors {
    struct QuiltVector: Decodable, Sendable, CustomTestStringConvertible {
        struct Blob: Decodable, Sendable {
            let identifier: String
            let size: Int
            let content: String
            let tags: [String: String]

            /// Made from a description such as "byte i = (i + 42) mod 256".
            var bytes: [UInt8] {
                let shift = content.firstMatch(of: /i \+ (\d+)/).flatMap { Int($0.1) } ?? 0
                return (0..<size).map { UInt8(truncatingIfNeeded: $0 + shift) }
            }
        }

        struct Patch: Decodable, Sendable {
            let identifier: String
            let start: Int
            let end: Int
            let quilt_patch_id: String
        }

        let blobs: [Blob]
        let quilt_length: Int
        let symbol_size: Int
        let quilt_blob_id: String
        let patches: [Patch]

        var shape: CodeShape { .network }
        var testDescription: String { patches.map(\.identifier).joined(separator: ", ") }

        /// The encoded quilt.
        ///
        /// The test checks that its ID is the published one.
        var bytes: [UInt8] {
            let sorted = blobs.sorted { $0.identifier < $1.identifier }
            let index = zip(sorted, patches).flatMap { blob, patch in
                Self.little(patch.end, 2) + Self.bcs(blob.identifier) + Self.bcs(blob.tags)
            }
            let list = [UInt8(sorted.count)] + index
            var columns = [[1] + Self.little(list.count, 4) + list]
            for blob in sorted {
                let identifier = Self.bcs(blob.identifier)
                let tags = blob.tags.isEmpty ? [] : Self.bcs(blob.tags)
                let head =
                    Self.little(identifier.count, 2) + identifier
                    + (tags.isEmpty ? [] : Self.little(tags.count, 2) + tags)
                let content = head + blob.bytes
                columns.append([1] + Self.little(content.count, 4) + [tags.isEmpty ? 0 : 1] + content)
            }
            return matrix(columns)
        }

        /// A matrix in which each of `parts` begins in a new column.
        private func matrix(_ parts: [[UInt8]]) -> [UInt8] {
            let height = shape.rows * symbol_size
            var matrix = [UInt8](repeating: 0, count: height * shape.columns)
            var column = 0
            for part in parts {
                for (offset, byte) in part.enumerated() {
                    let (row, inner) = (offset % height / symbol_size, offset % symbol_size)
                    matrix[(row * shape.columns + column + offset / height) * symbol_size + inner] = byte
                }
                column += (part.count + height - 1) / height
            }
            return matrix
        }

        private static func little(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
        }

        private static func bcs(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + text.utf8 }

        private static func bcs(_ tags: [String: String]) -> [UInt8] {
            [UInt8(tags.count)] + tags.sorted { $0.key < $1.key }.flatMap { bcs($0.key) + bcs($0.value) }
        }
    }
}
