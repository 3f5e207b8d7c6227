import Testing

@testable import Pictures

@Suite("Axis labels")
struct PlotRangeTests {
    @Test(
        "large numbers are shortened with a unit letter",
        arguments: [
            (0.012345, "0.0123"), (812, "812"), (-70_612, "-70.6k"), (999_700, "1M"), (2_912_000, "2.91M"),
            (1.5e13, "15T"), (0, "0"),
        ]
    )
    func labels(_ number: Double, _ label: String) {
        #expect(PlotRange.label(for: number) == label)
    }
}
