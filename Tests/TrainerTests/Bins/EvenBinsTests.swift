import Testing

@testable import Trainer

@Suite("Bins of a feature")
struct EvenBinsTests {
    /// The number of values in each bin.
    private func counts(_ values: [Float], bins: Int) -> [Int] {
        let edges = EvenBins(values.sorted(), bins: bins).edges
        return values.reduce(into: [Int](repeating: 0, count: edges.count + 1)) { counts, value in
            counts[edges.count { $0 < value }] += 1
        }
    }

    @Test("are one per distinct value if there are enough bins")
    func distinct() {
        #expect(EvenBins([1, 1, 2, 4, 4, 4], bins: 255).edges == [1.5, 3])
        #expect(EvenBins([], bins: 255).edges.isEmpty)
        #expect(EvenBins([7, 7, 7], bins: 255).edges.isEmpty)
    }

    @Test("are all used, and evenly, if many values are equal")
    func ties() {
        // 900 values, each 20 times: a quantile hardly ever falls between two of them.
        let counts = counts((0..<18_000).map { Float($0 % 900) / 100 }, bins: 255)
        #expect(counts.count == 255)
        #expect(counts.max() == 80 && counts.min() == 60)
    }

    @Test("give a frequent value a bin of its own, and the others what is left")
    func frequentValues() {
        let values = [Float](repeating: 0, count: 6_000) + (1...4_000).map { Float($0) }
        let counts = counts(values, bins: 101)
        #expect(counts.count == 101)
        #expect(counts[0] == 6_000)
        #expect(counts.dropFirst().allSatisfy { (39...41).contains($0) })
    }

    @Test("end before a frequent value if they are half full")
    func halfFull() {
        let values =
            (0..<8).map { Float($0) } + [Float](repeating: 10, count: 30) + (20..<30).map { Float($0) }
        // The 18 other values share 4 bins: 5 values fill a bin, and 3 are more than half of one.
        let edges = EvenBins(values, bins: 5).edges
        #expect(edges.prefix(3) == [4.5, 8.5, 15])
    }

    @Test("never exceed their number", arguments: 0..<50 as Range<UInt64>)
    func limit(seed: UInt64) {
        var generator = SplitMix64(seed)
        let kinds = 1 + generator.below(2_000)
        let values = (0..<5_000).map { _ -> Float in
            let value = Float(generator.below(kinds))
            return generator.below(3) == 0
                ? 0 : (value * value).squareRoot() * (generator.below(2) == 0 ? 1 : -1)
        }
        let bins = 2 + generator.below(254)
        let edges = EvenBins(values.sorted(), bins: bins).edges
        #expect(edges.count < bins)
        #expect(zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 })
    }
}
