import Foundation

/// The numbers from the least to the greatest, with a little room.
struct PlotRange {
    let low: Double
    let high: Double

    init(_ numbers: [Double], room: Double = 0.04) {
        let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 1)
        let margin = most > least ? (most - least) * room : max(abs(most), 1) * 0.5
        (low, high) = (least - margin, most + margin)
    }

    /// Where a number lies, 0 at the low end and 1 at the high one.
    func share(_ number: Double) -> Double { (number - low) / (high - low) }

    private static let units = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")]

    /// A number in few letters: `0.0123`, `812`, `70.6k`, `2.91M`.
    static func word(_ number: Double) -> String {
        // From here on three digits are rounded to the next unit.
        let unit = units.first { abs(number) >= $0.0 * 0.9995 }
        return String(format: "%.3g", number / (unit?.0 ?? 1)) + (unit?.1 ?? "")
    }
}
