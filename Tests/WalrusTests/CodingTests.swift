import Testing

@testable import Walrus

@Suite("Field, code and tree")
struct CodingTests {
    @Test("the field's tables are those of the reference")
    func tables() {
        let field = GaloisField.shared
        #expect(hash(field.log) == Vectors.shared.gf_tables.log_65536)
        // The reference counts 65,535 as a logarithm too, of one.
        let exp = Array(field.exp.prefix(65_535)) + [1]
        #expect(hash(exp) == Vectors.shared.gf_tables.exp_65536)
    }

    @Test("products and inverses are those of the reference")
    func products() {
        for example in Vectors.shared.gf_tables.mul_examples {
            #expect(GaloisField.shared.multiply(example.a, example.b) == example.product)
            #expect(GaloisField.shared.inverse(example.a) == example.inverse_of_a)
        }
    }

    @Test("repair symbols are those of the reference", arguments: Vectors.shared.rs_vectors.vectors)
    func repair(_ vector: Vectors.Code) {
        let code = ReedSolomon(data: vector.original_count, repair: vector.recovery_count)
        #expect(code.isHighRate == (vector.rate == "high"))
        let data = Vectors.generated(vector.original_count * vector.shard_bytes)
        let repairs = fast(code, data: data, symbolSize: vector.shard_bytes)
        #expect(hash(repairs) == vector.recovery_blake2b256)
    }

    @Test(
        "the fast code is the plain Cauchy matrix",
        arguments: [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33],
        [1, 2, 3, 4, 7, 8, 9, 16, 17, 32]
    )
    func plain(data: Int, repair: Int) {
        let code = ReedSolomon(data: data, repair: repair)
        for symbolSize in [2, 4, 32, 62, 64, 66, 126, 128, 130] {
            var generator = SplitMix(seed: UInt64(data * 1_000 + repair * 10 + symbolSize))
            let bytes = (0..<data * symbolSize).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            #expect(
                fast(code, data: bytes, symbolSize: symbolSize)
                    == PlainCode.repair(code, data: bytes, symbolSize: symbolSize)
            )
        }
    }

    @Test("Merkle roots are those of the reference", arguments: Vectors.shared.merkle.indices)
    func merkle(_ index: Int) {
        let tree = Vectors.shared.merkle[index]
        let leaves = tree.leaves_ascii.map { blake(0, Array($0.utf8)) }
        #expect(MerkleTree.root(of: leaves).hex == tree.root)
    }

    @Test("a blob's layout in elements and back is the identity", arguments: [2, 6, 62, 64, 66, 130])
    func layout(_ size: Int) {
        let bytes = Vectors.generated(size)
        #expect(store(load(bytes), size: size) == bytes)
    }
}

/// The closed form of WALRUS section 1.7 (A): a chunk-scaled Cauchy matrix, slow and obvious.
enum PlainCode {
    static func repair(_ code: ReedSolomon, data: [UInt8], symbolSize: Int) -> [UInt8] {
        let field = GaloisField.shared
        let symbols = stride(from: 0, to: data.count, by: symbolSize).map {
            load(Array(data[$0..<$0 + symbolSize]))
        }
        return (0..<code.repair).flatMap { i -> [UInt8] in
            var sum = [UInt16](repeating: 0, count: symbolSize / 2)
            for (j, symbol) in symbols.enumerated() {
                let (x, y) = code.isHighRate ? (i, code.chunk + j) : (code.chunk + i, j)
                let scale = (code.isHighRate ? y : x) / code.chunk
                let factor = field.multiply(UInt16(scale), field.inverse(UInt16(x ^ y)))
                for index in sum.indices { sum[index] ^= field.multiply(factor, symbol[index]) }
            }
            return store(sum, size: symbolSize)
        }
    }
}

/// Runs the fast code over whole symbols.
private func fast(_ code: ReedSolomon, data: [UInt8], symbolSize: Int) -> [UInt8] {
    let width = symbolSize / 2
    var work = [UInt16](repeating: 0, count: code.workVectors * width)
    for index in 0..<code.data {
        let symbol = load(Array(data[index * symbolSize..<(index + 1) * symbolSize]))
        work.replaceSubrange(index * width..<(index + 1) * width, with: symbol)
    }
    work.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { code.encode(base, width: width) }
    }
    return (0..<code.repair).flatMap { store(Array(work[$0 * width..<($0 + 1) * width]), size: symbolSize) }
}

private func load(_ bytes: [UInt8]) -> [UInt16] {
    [UInt16](unsafeUninitializedCapacity: bytes.count / 2) { buffer, count in
        guard let base = buffer.baseAddress else { return }
        bytes.withUnsafeBufferPointer { source in
            guard let from = source.baseAddress else { return }
            SymbolLayout.load(from, count: bytes.count, size: bytes.count, into: base)
        }
        count = bytes.count / 2
    }
}

private func store(_ elements: [UInt16], size: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        guard let base = buffer.baseAddress else { return }
        elements.withUnsafeBufferPointer { source in
            if let from = source.baseAddress { SymbolLayout.store(from, size: size, into: base) }
        }
        count = size
    }
}

/// BLAKE2b-256 of `bytes`, told apart into a first byte and the rest as the product code takes them.
private func blake(_ prefix: UInt8, _ bytes: [UInt8]) -> Digest {
    bytes.withUnsafeBufferPointer { BLAKE2b.hash(prefix: prefix, $0) }
}

private func hash(_ bytes: [UInt8]) -> String {
    blake(bytes[0], Array(bytes.dropFirst())).hex
}

private func hash(_ words: [UInt16]) -> String {
    hash(words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
}

extension Digest {
    var hex: String {
        bytes.map { String($0, radix: 16) }.map { $0.count == 1 ? "0\($0)" : $0 }.joined()
    }
}

/// A small seeded generator (SplitMix64), so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
