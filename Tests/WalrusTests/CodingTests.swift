import Testing

@testable import Walrus

@Suite("Galois field and Reed-Solomon code")
struct CodingTests {
    @Test("the field's tables are those of the reference")
    func tables() {
        let field = GaloisField.shared
        #expect(hash(field.log) == Vectors.shared.gf_tables.log_65536)
        // The reference table has one more entry: exp[65535] = 1.
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

    @Test("the product tables agree with the field's products")
    func nibbles() {
        let (field, tables) = (GaloisField.shared, ProductTables(below: 3_072))
        for factor in stride(from: 2, to: 3_072, by: 38) {
            for (nibble, value) in [(0, 1), (0, 15), (1, 6), (2, 9), (3, 14)] {
                let product = field.multiply(UInt16(factor), UInt16(value << (4 * nibble)))
                let (low, high) = (
                    tables[factor][16 * nibble + value], tables[factor][64 + 16 * nibble + value]
                )
                #expect(UInt16(low) | UInt16(high) << 8 == product)
            }
        }
    }

    @Test(
        "repair symbols are those of the reference",
        arguments: Vectors.shared.rs_vectors.vectors,
        Kernels.runnable
    )
    func repair(_ vector: Vectors.Code, _ kernels: Kernels) {
        let code = ReedSolomon(
            data: vector.original_count,
            repair: vector.recovery_count,
            kernels: kernels
        )
        #expect(code.isHighRate == (vector.rate == "high"))
        let data = Vectors.generated(vector.original_count * vector.shard_bytes)
        let repairs = fast(code, data: [data], symbolSize: vector.shard_bytes)
        #expect(hash(repairs[0]) == vector.recovery_blake2b256)
    }

    @Test(
        "the fast code agrees with the plain Cauchy matrix",
        arguments: [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33],
        [1, 2, 3, 4, 7, 8, 9, 16, 17, 32]
    )
    func plain(data: Int, repair: Int) {
        for symbolSize in [2, 4, 32, 62, 64, 66, 126, 128, 130] {
            expectAgreement(data: data, repair: repair, symbolSize: symbolSize, members: 2)
        }
    }

    @Test(
        "the fast code agrees with the plain Cauchy matrix at the lengths of real networks",
        arguments: [(63, 65), (64, 64), (65, 63), (127, 129), (128, 255), (257, 128), (334, 666), (667, 333)]
    )
    func long(data: Int, repair: Int) {
        expectAgreement(data: data, repair: repair, symbolSize: 4, members: 8)
    }

    @Test("the field has enough points for the largest network")
    func largest() throws {
        let shape = try CodeShape(shards: CodeShape.shardCounts.upperBound)
        for data in [shape.rows, shape.columns] {
            let code = ReedSolomon(data: data, repair: shape.shards - data, kernels: .portable)
            #expect((code.chunks + 1) * code.chunk <= 65_536)
        }
    }

    @Test("omitted symbols count as zero", arguments: [0, 1, 2, 3, 7, 8, 9, 11], Kernels.runnable)
    func truncated(count: Int, kernels: Kernels) {
        for repair in [5, 23] {
            let code = ReedSolomon(data: 11, repair: repair, kernels: kernels)
            let given = random(count * 66, seed: UInt64(count))
            let all = given + [UInt8](repeating: 0, count: (11 - count) * 66)
            #expect(
                fast(code, data: [given], symbolSize: 66) == fast(code, data: [all], symbolSize: 66)
            )
        }
    }

    /// Compares every kernel with the plain code, for several rows or columns at once.
    private func expectAgreement(data: Int, repair: Int, symbolSize: Int, members: Int) {
        let inputs = (0..<members).map {
            random(data * symbolSize, seed: UInt64(data * 1_000 + repair * 10 + symbolSize + $0))
        }
        let code = ReedSolomon(data: data, repair: repair, kernels: .portable)
        let expected = inputs.map { PlainCode.repair(code, data: $0, symbolSize: symbolSize) }
        for kernels in Kernels.runnable {
            let code = ReedSolomon(data: data, repair: repair, kernels: kernels)
            #expect(fast(code, data: inputs, symbolSize: symbolSize) == expected, "\(kernels)")
        }
    }
}

/// The closed form of the code, a chunk-scaled Cauchy matrix; slow and simple.
///
/// ``ReedSolomon`` must agree with it.
enum PlainCode {
    static func repair(_ code: ReedSolomon, data: [UInt8], symbolSize: Int) -> [UInt8] {
        let field = GaloisField.shared
        let symbols = stride(from: 0, to: data.count, by: symbolSize).map {
            PlainLayout.elements(data[$0..<$0 + symbolSize])
        }
        return (0..<code.repair).flatMap { i -> [UInt8] in
            var sum = [UInt16](repeating: 0, count: symbolSize / 2)
            for (j, symbol) in symbols.enumerated() {
                let (x, y) = code.isHighRate ? (i, code.chunk + j) : (code.chunk + i, j)
                let scale = (code.isHighRate ? y : x) / code.chunk
                let factor = field.multiply(UInt16(scale), field.inverse(UInt16(x ^ y)))
                for index in sum.indices { sum[index] ^= field.multiply(factor, symbol[index]) }
            }
            return PlainLayout.bytes(sum)
        }
    }
}

extension GaloisField {
    fileprivate func inverse(_ a: UInt16) -> UInt16 { exp[65_535 - Int(log[Int(a)])] }
}

/// Converts symbols to field elements one at a time; ``SymbolLayout`` must agree with it.
enum PlainLayout {
    static func elements(_ symbol: ArraySlice<UInt8>) -> [UInt16] {
        blocks(of: symbol.count).flatMap { block in
            (0..<block.count / 2).map { index in
                let low = symbol.startIndex + block.lowerBound + index
                return UInt16(symbol[low]) | UInt16(symbol[low + block.count / 2]) << 8
            }
        }
    }

    static func bytes(_ elements: [UInt16]) -> [UInt8] {
        blocks(of: 2 * elements.count).flatMap { block in
            let half = elements[block.lowerBound / 2..<block.upperBound / 2]
            return half.map { UInt8(truncatingIfNeeded: $0) }
                + half.map { UInt8(truncatingIfNeeded: $0 >> 8) }
        }
    }

    private static func blocks(of size: Int) -> [Range<Int>] {
        stride(from: 0, to: size, by: 64).map { $0..<min($0 + 64, size) }
    }
}

/// Runs the fast code over several rows or columns at once, slice by slice.
private func fast(_ code: ReedSolomon, data: [[UInt8]], symbolSize: Int) -> [[UInt8]] {
    var block = CodingBlock(code: code)
    let inputs = data.map { Padded($0) }
    var repairs = data.map { _ in [UInt8](repeating: 0, count: code.repair * symbolSize) }
    let symbol = ZeroedBuffer<UInt8>(2 * SymbolLayout.sliceSize)
    for start in stride(from: 0, to: symbolSize, by: SymbolLayout.sliceSize) {
        let size = min(SymbolLayout.sliceSize, symbolSize - start)
        block.encode(
            members: data.count,
            count: data[0].count / symbolSize,
            sliceSize: size
        ) { UnsafePointer(inputs[$1].memory.start + $0 * symbolSize + start) }
        for member in data.indices {
            for index in 0..<code.repair {
                block.copyRepair(index, member: member, to: symbol.start)
                for byte in 0..<size {
                    repairs[member][index * symbolSize + start + byte] = symbol.start[byte]
                }
            }
        }
    }
    return repairs
}

/// Bytes followed by a readable slice of zeros.
struct Padded {
    let memory: ZeroedBuffer<UInt8>

    init(_ bytes: [UInt8]) {
        memory = ZeroedBuffer(bytes.count + SymbolLayout.sliceSize)
        for (index, byte) in bytes.enumerated() { memory.start[index] = byte }
    }
}

/// Pseudo-random bytes.
func random(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SplitMix(seed: seed)
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
}

/// The BLAKE2b hash of `prefix` followed by `bytes`.
func blake(_ prefix: UInt8, _ bytes: [UInt8]) -> Digest {
    bytes.withUnsafeBufferPointer { BLAKE2b.hash(prefix: prefix, $0) }
}

private func hash(_ bytes: [UInt8]) -> String {
    blake(bytes[0], Array(bytes.dropFirst())).hex
}

private func hash(_ words: [UInt16]) -> String {
    hash(words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
}

/// A seeded random number generator (SplitMix64), so that a failure can be reproduced.
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
