import Tables
import Threads

/// A hash of each row; rows that are equal in all features and the target have equal hashes.
struct RowHashes {
    let values: [UInt64]

    private static let block = 16_384

    init(_ data: Dataset, threads: Int) {
        let blocks = (data.rows + Self.block - 1) / Self.block
        let parts = Parallel.map(blocks, threads: threads, scratch: {}) { _, index in
            Self.hashes(data, index * Self.block..<min(data.rows, (index + 1) * Self.block))
        }
        values = (parts ?? []).flatMap(\.self)
    }

    /// The hashes of a block of rows, computed column by column, because a column is contiguous in memory.
    private static func hashes(_ data: Dataset, _ rows: Range<Int>) -> [UInt64] {
        var hashes: [UInt64] =
            switch data.target {
            case .classification(_, let labels): rows.map { UInt64(labels[$0]) }
            case .regression(let values): rows.map { values[$0].bitPattern }
            }
        for feature in data.features {
            for (index, row) in rows.enumerated() {
                hashes[index] = mix(hashes[index], feature.values[row].bitPattern)
            }
        }
        return hashes
    }

    /// One step of a multiplicative hash; the upper bits of the product are mixed into the lower bits.
    private static func mix(_ hash: UInt64, _ bits: UInt32) -> UInt64 {
        let product = (hash ^ UInt64(bits)) &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 29
    }
}
