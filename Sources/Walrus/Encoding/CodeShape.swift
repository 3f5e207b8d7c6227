/// The numbers that follow from how many shards a network has (walrus-core `encoding/config.rs`).
///
/// With `n` shards, of which `f = (n-1)/3` may be faulty, a blob is a matrix of `n - 2f` rows and `n - f` columns of
/// symbols, expanded to `n` x `n`.
package struct CodeShape: Equatable, Sendable {
    /// How many shards, of ``shardCounts``; 1,000 on mainnet and testnet.
    package let shards: Int
    /// Rows of source symbols: what a column's code calls its data.
    package let rows: Int
    /// Columns of source symbols: what a row's code calls its data.
    package let columns: Int

    package static let defaultShards = 1_000
    /// The shape of mainnet and testnet.
    package static let network = CodeShape(of: defaultShards)
    /// Fewer have no repair symbols; with more, the code of a row needs more points than the field has.
    package static let shardCounts = 4...49_155
    private static let largestSymbol = 65_534

    /// - Throws: ``EncodingError/unusableShardCount(_:)`` where the code is not defined.
    package init(shards: Int = defaultShards) throws(EncodingError) {
        guard Self.shardCounts.contains(shards) else { throw .unusableShardCount(shards) }
        self.init(of: shards)
    }

    private init(of shards: Int) {
        let faulty = (shards - 1) / 3
        self.shards = shards
        rows = shards - 2 * faulty
        columns = shards - faulty
    }

    /// The largest blob that can be encoded, in bytes.
    package var maximumBlobSize: Int { rows * columns * Self.largestSymbol }

    /// How many bytes one symbol of a blob of `length` bytes has: even, at least 2.
    ///
    /// - Throws: ``EncodingError/tooLarge(size:maximum:)``.
    package func symbolSize(forLength length: Int) throws(EncodingError) -> Int {
        guard length <= maximumBlobSize else { throw .tooLarge(size: length, maximum: maximumBlobSize) }
        let symbols = rows * columns
        let size = (max(length, 1) + symbols - 1) / symbols
        return size + size % 2
    }

    /// What a blob of `length` bytes takes on the storage nodes, metadata included, in bytes.
    package func encodedSize(forLength length: Int) throws(EncodingError) -> Int {
        shards * ((rows + columns) * (try symbolSize(forLength: length)) + shards * 64 + 32)
    }
}
