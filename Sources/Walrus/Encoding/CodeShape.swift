/// The dimensions of the encoding for a number of shards (walrus-core `encoding/config.rs`).
///
/// With `n` shards, of which `f = (n-1)/3` may be faulty, a blob is a matrix of symbols with `n - 2f` rows and `n - f`
/// columns, which the encoding extends to `n` x `n`.
package struct CodeShape: Equatable, Sendable {
    /// The number of shards, in ``shardCounts``; 1,000 on mainnet and testnet.
    package let shards: Int
    /// The number of rows of source symbols.
    ///
    /// A column is extended from this number of symbols.
    package let rows: Int
    /// The number of columns of source symbols.
    ///
    /// A row is extended from this number of symbols.
    package let columns: Int

    package static let defaultShards = 1_000
    /// The shape of mainnet and testnet.
    package static let network = CodeShape(of: defaultShards)
    /// The possible numbers of shards.
    ///
    /// With fewer shards there are no repair symbols. With more shards, the code of a row needs more points than the
    /// field has.
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

    /// The size in bytes of each symbol of a blob of `length` bytes; even and at least 2.
    ///
    /// - Throws: ``EncodingError/tooLarge(size:maximum:)``.
    package func symbolSize(forLength length: Int) throws(EncodingError) -> Int {
        guard length <= maximumBlobSize else { throw .tooLarge(size: length, maximum: maximumBlobSize) }
        let symbols = rows * columns
        let size = (max(length, 1) + symbols - 1) / symbols
        return size + size % 2
    }

    /// The number of bytes that all storage nodes together store for a blob of `length` bytes, including metadata.
    package func encodedSize(forLength length: Int) throws(EncodingError) -> Int {
        shards * ((rows + columns) * (try symbolSize(forLength: length)) + shards * 64 + 32)
    }
}
