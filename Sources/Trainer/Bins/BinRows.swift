import Threads

/// A copy of the bins in row order, for kernels that read all features of scattered rows.
///
/// The features are divided into blocks of 32, because a kernel's sums for 32 features are only 64 KiB and stay in the
/// cache. In a block, the bins of a row are adjacent, one byte per feature. A kernel therefore touches one or two cache
/// lines per row and block, instead of one per row and feature. Eight bytes make a word; the first feature has the
/// lowest byte.
struct BinRows: Sendable {
    /// The bins of up to 32 features.
    struct Block: Sendable {
        let features: Range<Int>
        /// The number of words per row.
        let width: Int
        /// `words[row * width + word]`.
        let words: Slab<UInt64>
    }

    let blocks: [Block]

    static let featuresPerBlock = 32
    private static let featuresPerWord = 8
    private static let tileRows = 512

    init(_ features: BinnedFeatures, threads: Int) {
        let count = features.columns.count
        blocks = stride(from: 0, to: count, by: Self.featuresPerBlock).map { first in
            Self.block(features, first..<min(first + Self.featuresPerBlock, count), threads)
        }
    }

    private static func block(_ binned: BinnedFeatures, _ features: Range<Int>, _ threads: Int) -> Block {
        let width = (features.count + featuresPerWord - 1) / featuresPerWord
        let words = Slab<UInt64>(repeating: 0, count: binned.rows * width)
        let columns = features.map { binned.columns[$0].bins }
        // Works tile by tile, so that the rows of a tile stay in the cache until all of their features are written.
        let tiles = (binned.rows + tileRows - 1) / tileRows
        Parallel.ranges(tiles, threads: threads) { share in
            for tile in share {
                let rows = tile * tileRows..<min(binned.rows, (tile + 1) * tileRows)
                for (position, column) in columns.enumerated() {
                    let (word, shift) = (position / featuresPerWord, UInt64(position % featuresPerWord * 8))
                    let (words, bins) = unsafe (words.base + word, column.base)
                    for row in rows { unsafe words[row &* width] |= UInt64(bins[row]) &<< shift }
                }
            }
        }
        return Block(features: features, width: width, words: words)
    }
}
