import Testing

@testable import Trainer

@Suite("Votes")
struct VoteTests {
    @Test("a leaf divides exactly its units among the classes; ties go to the lower class")
    func shares() {
        #expect(VoteUnits.share(65_536, by: [1, 1, 1]) == [21_846, 21_845, 21_845])
        #expect(VoteUnits.share(65_536, by: [0, 5]) == [0, 65_536])
        for trees in [1, 2, 100, 256, 257, 1_000, 10_000] {
            #expect(VoteUnits.perLeaf(trees: trees) * trees <= 1 << 24)
        }
    }
}
