import Tables
import Testing

@testable import Trainer

@Suite("Bins")
struct BinTests {
    @Test("a threshold is the middle of the gap, or its lower end if no float lies between")
    func thresholds() {
        #expect(Threshold.between(1, 2) == 1.5)
        #expect(Threshold.between(1, Float(1).nextUp) == 1)
        #expect(Threshold.between(-.greatestFiniteMagnitude, .greatestFiniteMagnitude) == 0)
    }

    @Test("up to 255 distinct values have a bin each; more are binned by quantiles")
    func quantiles() {
        let few = column((0..<1_000).map { Float($0 % 200) })
        #expect(few.least.prefix(200) == few.greatest.prefix(200))
        #expect(few.bins.array.max() == 199)
        let many = column((0..<10_000).map { Float($0) })
        let filled = zip(many.greatest, many.least.dropFirst()).prefix(254)
        #expect(filled.allSatisfy { $0 < $1 })
        #expect(many.bins.array.max() == 254)
    }

    @Test("missing values have their own bin")
    func missing() {
        let column = column([3, .nan, 1, 2, .nan])
        #expect(column.bins.array == [2, 255, 0, 1, 255])
        #expect(column.hasMissing)
        #expect(column.least.prefix(3) == [1, 2, 3])
    }

    @Test("bins do not depend on the number of threads")
    func threads() {
        let data = Dataset.make(rows: 5_000, classes: 3, missing: 0.1)
        let rows = Array(stride(from: 0, to: 5_000, by: 3))
        let one = BinnedFeatures(data.features, rows: rows, threads: 1).columns.map(\.bins.array)
        #expect(BinnedFeatures(data.features, rows: rows, threads: 3).columns.map(\.bins.array) == one)
    }

    @Test("radix sort gives the order of the floats")
    func radix() {
        var generator = SplitMix64(4)
        let bits = (0..<5_000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: generator.next())) }
        let values = bits.filter { !$0.isNaN } + [0, -.infinity, .infinity, -1, 1]
        #expect(RadixSort.sorted(values) == values.sorted())
    }

    private func column(_ values: [Float]) -> BinnedFeatures.Column {
        let feature = Feature(name: "x", kind: .numeric, values: values)
        return BinnedFeatures([feature], rows: Array(values.indices), threads: 1).columns[0]
    }
}
