import Testing

@testable import Pictures

@Suite("Numbers beside a plot")
struct PlotRangeTests {
    @Test(
        "large ones have a letter for their thousands",
        arguments: [
            (0.012345, "0.0123"), (812, "812"), (-70_612, "-70.6k"), (999_700, "1M"), (2_912_000, "2.91M"),
            (1.5e13, "15T"), (0, "0"),
        ]
    )
    func words(_ number: Double, _ word: String) {
        #expect(PlotRange.word(number) == word)
    }
}
