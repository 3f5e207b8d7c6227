package import Contract

/// A quilt: one blob that contains several small blobs, its *patches* (version 1; walrus-core
/// `encoding/quilt_encoding.rs`).
///
/// A quilt fills the matrix of a blob's source symbols column by column. Its index begins in column 0, and every patch
/// begins in a new column.
///
///     index:  0x01, length (4 bytes), BCS of [(end column: u16, identifier: string, tags: map)]
///     patch:  0x01, length of all bytes after the mask (4 bytes), mask (bit 0: has tags),
///             length (2 bytes), BCS of the identifier, [length (2 bytes), BCS of the tags], data
package struct Quilt {
    /// The identifier, tags and position of a small blob.
    package struct Patch: Equatable, Sendable {
        package let identifier: String
        package let tags: [String: String]
        /// The patch's columns in the quilt's matrix.
        let columns: Range<Int>
    }

    private static let version: UInt8 = 1
    private static let tagsBit: UInt8 = 1

    /// The quilt's own blob ID.
    package let id: BlobID
    /// The patches in the order of their columns.
    package let patches: [Patch]
    private let columns: QuiltColumns

    /// Opens the quilt `id` in the file at `path`.
    ///
    /// The caller must have computed the blob ID of the file and compared it with `id`.
    ///
    /// - Throws: ``QuiltError/malformed(_:)`` if the blob is not a quilt; ``EncodingError`` if the file is unreadable.
    package init(_ id: BlobID, path: String, shape: CodeShape = .network) throws {
        self.id = id
        columns = try QuiltColumns(MappedFile(path: path), shape: shape)
        patches = try Self.index(columns)
    }

    /// The patch called `identifier`.
    ///
    /// - Throws: ``QuiltError/noPatch(_:among:)``.
    package func patch(_ identifier: String) throws(QuiltError) -> Patch {
        guard let patch = patches.first(where: { $0.identifier == identifier }) else {
            throw .noPatch(identifier, among: patches.map(\.identifier))
        }
        return patch
    }

    /// The ID of `patch` on aggregators: the Base64 form of the quilt's ID, the version and the patch's columns.
    package func patchID(_ patch: Patch) -> String {
        let ends = [patch.columns.lowerBound, patch.columns.upperBound].flatMap {
            [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
        }
        return Base64URL.encode(id.bytes + [Self.version] + ends)
    }

    /// The data of `patch`.
    package func data(of patch: Patch) throws(QuiltError) -> [UInt8] {
        var reader = BCSReader(try columns.read(patch.columns))
        try Self.checkVersion(&reader)
        var content = BCSReader(try reader.bytes(try reader.integer(bytes: 4) + 1))
        let mask = UInt8(try content.integer(bytes: 1))
        var identifier = BCSReader(try content.bytes(try content.integer(bytes: 2)))
        guard try identifier.string() == patch.identifier else {
            throw .malformed("a patch has another identifier than its entry in the index")
        }
        if mask & Self.tagsBit != 0 { _ = try content.bytes(try content.integer(bytes: 2)) }
        return content.rest
    }

    private static func index(_ columns: QuiltColumns) throws(QuiltError) -> [Patch] {
        var head = BCSReader(try columns.read(0..<1))
        try checkVersion(&head)
        let length = try head.integer(bytes: 4)
        let width = columns.count(forBytes: 5 + length)
        var reader = BCSReader(try columns.read(0..<width))
        _ = try reader.bytes(5)
        var index = BCSReader(try reader.bytes(length))
        var start = width
        var patches: [Patch] = []
        for _ in 0..<(try index.length()) {
            let end = try index.integer(bytes: 2)
            let identifier = try index.string()
            let tags = try index.tags()
            guard start < end, end <= columns.count else {
                throw .malformed("the columns \(start) to \(end) of \"\(identifier)\" do not exist")
            }
            patches.append(Patch(identifier: identifier, tags: tags, columns: start..<end))
            start = end
        }
        guard index.rest.isEmpty else {
            throw .malformed("there are bytes behind the last entry of the index")
        }
        return patches
    }

    private static func checkVersion(_ reader: inout BCSReader) throws(QuiltError) {
        let found = try reader.integer(bytes: 1)
        guard found == Int(version) else {
            throw .malformed("version \(found) is not supported: only version \(version) is")
        }
    }
}
