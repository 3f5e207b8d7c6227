import Tables
import Threads

/// A number for each row that is the same for rows that are equal in all features and the target, and for hardly any
/// others.
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

    /// Column by column, because that is how they lie in memory.
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

    /// One step of a multiplicative hash whose upper half is folded into the lower one.
    private static func mix(_ hash: UInt64, _ bits: UInt32) -> UInt64 {
        let product = (hash ^ UInt64(bits)) &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 29
    }
}
