import Testing

@testable import Walrus

@Suite("Leaves and trees")
struct HashingTests {
    /// Lengths around the block size of 128 bytes; the hashes are those of Python's `hashlib.blake2b`.
    @Test(
        "a single message has the hash of another implementation",
        arguments: [
            (1, "873e4fe9e41e924911bba3ec53ff4782efc8c0f244fb75c879f8a4328d0142ca"),
            (64, "30b4191ffebb812cb71bd4671d340339236cbc5ba8d90a22ea9b791be0b7d616"),
            (127, "d66e9ca56576d5ccc5e53da32ae13e7db10053cbc15167ed9f184c428b33d5d7"),
            (128, "5d07dfefa67002e458f0d5856faf8765b2de72087583d5dd11eb94342fe2eab7"),
            (129, "e739e6ebfc69fb174d9dab84945a95ff5c1cf7db7b5c4e2d7e2cc7b8fb3c76fa"),
            (256, "7391da947b2cf79d21dd77be3fc9da099e859b2d29bb58dbdb447a51d7c71565"),
            (257, "01b9f0edcc6814d7304b7aeace593845e9a21cc2748785adfd283ac3cd7e7bc4"),
            (1000, "a1442fdad4d4e5214e4086836e6accd66cc62d4cf3445dae60006ba025c070d7"),
        ] as [(Int, String)],
        Kernels.runnable
    )
    func singleMessage(_ example: (length: Int, hash: String), kernels: Kernels) {
        let bytes = Vectors.generated(example.length)
        let digest = bytes.dropFirst().withUnsafeBufferPointer {
            BLAKE2b.hash(prefix: bytes[0], $0, kernels: kernels)
        }
        #expect(digest.hex == example.hash)
    }

    @Test(
        "eight symbols have the same hashes together as separately",
        arguments: [2, 4, 32, 62, 64, 66, 126, 128, 130, 254, 256, 258, 1_000],
        Kernels.runnable
    )
    func leaves(symbolSize: Int, kernels: Kernels) {
        let symbols = (0..<8).map { random(symbolSize, seed: UInt64(symbolSize + $0)) }
        let padded = symbols.map { Padded($0) }
        let hasher = LeafHasher(groups: 2, kernels: kernels)
        for slice in 0...(symbolSize / SymbolLayout.sliceSize) {
            let start = slice * SymbolLayout.sliceSize
            hasher.update(
                group: 1,
                slice: slice,
                size: min(SymbolLayout.sliceSize, symbolSize - start),
                symbolSize: symbolSize
            ) { SymbolLayout.copy(padded[$0].memory.start + min(start, symbolSize), to: $1) }
        }
        for lane in 0..<8 {
            #expect(Digest(tile: hasher.tile(1), lane: lane) == blake(MerkleTree.leafPrefix, symbols[lane]))
        }
    }

    @Test("the lookup table has the hashes of all symbols of two bytes", arguments: Kernels.runnable)
    func table(kernels: Kernels) {
        let (table, tile) = (LeafTable(kernels: kernels), ZeroedBuffer<UInt64>(SliverTrees.tileSize))
        for element in stride(from: 0, to: 65_536, by: 251) {
            table.copy(element, to: tile.start, lane: element % 8)
            let symbol = [UInt8(truncatingIfNeeded: element), UInt8(element >> 8)]
            #expect(Digest(tile: tile.start, lane: element % 8) == blake(MerkleTree.leafPrefix, symbol))
        }
    }

    @Test("the plain tree's roots are those of the reference", arguments: Vectors.shared.merkle.indices)
    func merkle(_ index: Int) {
        let tree = Vectors.shared.merkle[index]
        let leaves = tree.leaves_ascii.map { blake(MerkleTree.leafPrefix, Array($0.utf8)) }
        #expect(PlainTree.root(of: leaves).hex == tree.root)
    }

    @Test(
        "trees have the plain tree's roots, with and without runs of zero symbols",
        arguments: [4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 65, 100, 127, 129, 301, 1_000],
        Kernels.runnable
    )
    func trees(count: Int, kernels: Kernels) {
        let trees = SliverTrees(leaves: count, symbolSize: 4, kernels: kernels)
        let zero = blake(MerkleTree.leafPrefix, [0, 0, 0, 0])
        let runs = [0..<0, 0..<count, count / 3..<count, 1..<count / 2]
        let leaves = (0..<8).map { lane in
            (0..<count).map { index in
                runs[lane / 2].contains(index) ? zero : blake(UInt8(lane), [UInt8(truncatingIfNeeded: index)])
            }
        }
        let roots = leaves.map { PlainTree.root(of: $0) }
        let across = ZeroedBuffer<UInt64>((count + 1) * SliverTrees.tileSize)
        for (lane, tree) in leaves.enumerated() {
            let along = ZeroedBuffer<UInt64>((count / 8 + 3) * SliverTrees.tileSize)
            for (index, leaf) in tree.enumerated() {
                place(leaf, across.start + index * SliverTrees.tileSize, lane: lane)
                place(leaf, along.start + index / 8 * SliverTrees.tileSize, lane: index % 8)
            }
            trees.buildAlong(along.start)
            #expect(Digest(tile: along.start, lane: 0) == roots[lane])
        }
        trees.buildAcross(across.start)
        #expect((0..<8).map { Digest(tile: across.start, lane: $0) } == roots)
        #expect(trees.zeroRoot == roots[2])
    }

    private func place(_ digest: Digest, _ tile: UnsafeMutablePointer<UInt64>, lane: Int) {
        for (word, value) in digest.words.enumerated() { tile[8 * word + lane] = value }
    }

    @Test(
        "a slice is split into planes of low and high bytes and joined again",
        arguments: [2, 6, 62, 64, 66, 126, 128]
    )
    func layout(size: Int) {
        let bytes = random(size, seed: UInt64(size))
        let (slice, planes) = (Padded(bytes), ZeroedBuffer<UInt8>(2 * SymbolLayout.sliceSize))
        let (low, high) = (planes.start, planes.start + SymbolLayout.sliceSize)
        SymbolLayout.copyLowBytes(of: slice.memory.start, size: size, to: low)
        SymbolLayout.copyHighBytes(of: slice.memory.start, size: size, to: high)
        let elements = (0..<size / 2).map { UInt16(low[$0]) | UInt16(high[$0]) << 8 }
        #expect(elements == PlainLayout.elements(bytes[...]))
        let joined = ZeroedBuffer<UInt8>(2 * SymbolLayout.sliceSize)
        SymbolLayout.join(low: low, high: high, size: size, into: joined.start)
        #expect((0..<size).map { joined.start[$0] } == bytes)
    }
}

/// Builds a Merkle tree one node at a time; slow and simple.
///
/// ``SliverTrees`` must agree with it.
enum PlainTree {
    static func root(of leaves: [Digest]) -> Digest {
        var level = leaves
        while level.count > 1 {
            if level.count % 2 == 1 { level.append(Digest(0, 0, 0, 0)) }
            level = stride(from: 0, to: level.count, by: 2).map {
                .join(prefix: MerkleTree.innerPrefix, level[$0], level[$0 + 1])
            }
        }
        return level.first ?? Digest(0, 0, 0, 0)
    }
}

extension Digest {
    var hex: String { bytes.hex }
}

extension Sequence<UInt8> {
    var hex: String {
        map { String($0, radix: 16) }.map { $0.count == 1 ? "0\($0)" : $0 }.joined()
    }
}
