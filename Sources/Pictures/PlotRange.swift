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

    /// A number in few letters.
    static func word(_ number: Double) -> String { String(format: "%.3g", number) }
}
