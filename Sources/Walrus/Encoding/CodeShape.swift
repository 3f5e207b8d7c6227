/// The dimensions of the encoding for a number of shards (walrus-core `encoding/config.rs`).
///
/// With `n` shards, of which `f = (n-1)/3` may be faulty, a blob is a matrix of symbols with `n - 2f` rows and `n - f`
/// columns, which the encoding extends to `n` x `n`.
package struct CodeShape: Equatable, Sendable {
    /// The number of shards, in ``shardCounts``; 1,000 on mainnet and testnet.
    package let shards: Int
    /// Rows of source symbols: the data length of the columns' code.
    package let rows: Int
    /// Columns of source symbols: the data length of the rows' code.
    package let columns: Int

    package static let defaultShards = 1_000
    /// The shape of mainnet and testnet.
    package static let network = CodeShape(of: defaultShards)
    /// The possible numbers of shards.
    ///
    /// With fewer there are no repair symbols. With more, the rows' code needs more points than the field has.
    package static let shardCounts = 4...49_155
    private static let largestSymbol = 65_534

    /// - Throws: ``EncodingError/unusableShardCount(_:)`` outside ``shardCounts``.
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

    /// The size of the largest blob in bytes.
    package var maximumBlobSize: Int { rows * columns * Self.largestSymbol }

    /// The size of a symbol of a blob of `length` bytes, in bytes; even and at least 2.
    ///
    /// - Throws: ``EncodingError/tooLarge(size:maximum:)``.
    package func symbolSize(forLength length: Int) throws(EncodingError) -> Int {
        guard length <= maximumBlobSize else { throw .tooLarge(size: length, maximum: maximumBlobSize) }
        let symbols = rows * columns
        let size = (max(length, 1) + symbols - 1) / symbols
        return size + size % 2
    }

    /// The size in bytes of a blob of `length` bytes on all storage nodes together, metadata included.
    package func encodedSize(forLength length: Int) throws(EncodingError) -> Int {
        shards * ((rows + columns) * (try symbolSize(forLength: length)) + shards * 64 + 32)
    }
}
