import Foundation

/// The range of an axis: from the smallest to the largest number, with a margin.
struct PlotRange {
    let low: Double
    let high: Double

    /// `margin` is added at each end, as a fraction of the distance from the smallest to the largest number.
    ///
    /// If all numbers are equal, the margin is half of the number's magnitude, or 0.5 if that is larger.
    init(_ numbers: [Double], margin share: Double = 0.04) {
        let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 1)
        let margin = most > least ? (most - least) * share : max(abs(most), 1) * 0.5
        (low, high) = (least - margin, most + margin)
    }

    /// The position of a number in the range, from 0 to 1.
    func position(of number: Double) -> Double { (number - low) / (high - low) }

    private static let units = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]

    /// A short form of a number with at most three significant digits, such as `0.0123`, `812`, `70.6k` or `2.91M`.
    static func label(for number: Double) -> String {
        // A number of at least 0.9995 units is rounded up to one unit.
        let unit = units.first { abs(number) >= $0.0 * 0.9995 }
        return String(format: "%.3g", number / (unit?.0 ?? 1)) + (unit?.1 ?? "")
    }
}
