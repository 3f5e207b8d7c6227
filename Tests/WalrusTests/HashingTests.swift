import Testing

@testable import Walrus

@Suite("Leaves and trees")
struct HashingTests {
    @Test(
        "eight symbols hash to what each hashes to by itself",
        arguments: [2, 4, 32, 62, 64, 66, 126, 128, 130, 254, 256, 258, 1_000],
        Kernels.runnable
    )
    func leaves(symbolSize: Int, kernels: Kernels) {
        let symbols = (0..<8).map { random(symbolSize, seed: UInt64(symbolSize + $0)) }
        let padded = symbols.map { Padded($0) }
        let hasher = LeafHasher(octets: 2, kernels: kernels)
        for slice in 0...(symbolSize / SymbolLayout.sliceSize) {
            let start = slice * SymbolLayout.sliceSize
            hasher.absorb(
                octet: 1,
                slice: slice,
                size: min(SymbolLayout.sliceSize, symbolSize - start),
                symbolSize: symbolSize
            ) { SymbolLayout.copy(padded[$0].memory.start + min(start, symbolSize), to: $1) }
        }
        for lane in 0..<8 {
            #expect(Digest(tile: hasher.tile(1), lane: lane) == blake(MerkleTree.leafPrefix, symbols[lane]))
        }
    }

    @Test("the table of leaves holds the hashes of all symbols of two bytes", arguments: Kernels.runnable)
    func table(kernels: Kernels) {
        let (table, tile) = (LeafTable(kernels: kernels), Memory<UInt64>(SliverTrees.tileSize))
        for element in stride(from: 0, to: 65_536, by: 251) {
            table.copy(element, to: tile.start, lane: element % 8)
            let symbol = [UInt8(truncatingIfNeeded: element), UInt8(element >> 8)]
            #expect(Digest(tile: tile.start, lane: element % 8) == blake(MerkleTree.leafPrefix, symbol))
        }
    }

    @Test("Merkle roots are those of the reference", arguments: Vectors.shared.merkle.indices)
    func merkle(_ index: Int) {
        let tree = Vectors.shared.merkle[index]
        let leaves = tree.leaves_ascii.map { blake(MerkleTree.leafPrefix, Array($0.utf8)) }
        #expect(MerkleTree.root(of: leaves).hex == tree.root)
    }

    @Test(
        "trees in lanes have the plain tree's roots, with runs of zero symbols and without",
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
        let roots = leaves.map { MerkleTree.root(of: $0) }
        let across = Memory<UInt64>((count + 1) * SliverTrees.tileSize)
        for (lane, tree) in leaves.enumerated() {
            let along = Memory<UInt64>((count / 8 + 3) * SliverTrees.tileSize)
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
        "the planes of a slice are its elements, and make it up again",
        arguments: [2, 6, 62, 64, 66, 126, 128]
    )
    func layout(size: Int) {
        let bytes = random(size, seed: UInt64(size))
        let (slice, planes) = (Padded(bytes), Memory<UInt8>(2 * SymbolLayout.sliceSize))
        let (low, high) = (planes.start, planes.start + SymbolLayout.sliceSize)
        SymbolLayout.copyLowBytes(of: slice.memory.start, size: size, to: low)
        SymbolLayout.copyHighBytes(of: slice.memory.start, size: size, to: high)
        let elements = (0..<size / 2).map { UInt16(low[$0]) | UInt16(high[$0]) << 8 }
        #expect(elements == PlainLayout.elements(bytes[...]))
        let joined = Memory<UInt8>(2 * SymbolLayout.sliceSize)
        SymbolLayout.join(low: low, high: high, size: size, into: joined.start)
        #expect((0..<size).map { joined.start[$0] } == bytes)
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
