/// What was found about the dates of a column.
package struct DateDetection: Equatable, Sendable {
    package let format: DateFormat
    /// The number of cells that are written in the format.
    package let fitting: Int
    /// The number of cells that are not.
    package let odd: Int
    /// How it was decided whether day or month is first, such as "day first, as in 25/12/2019"; nil if only one order
    /// is possible.
    package let note: String?
    /// Whether no cell tells if day or month is first, so that the other order may be right.
    package let isGuess: Bool

    /// The smallest share of cells that must fit, so that a column is one of dates.
    static let minShare = 0.9
}

extension DateFormat {
    /// Of ten distinct texts in a sample, the number that a candidate must read.
    private static let sampleTenths = 5

    /// How the dates of a column are written; nil if the column has no dates.
    ///
    /// `texts` are the column's distinct texts in the order in which they first appear, without missing ones and
    /// without blanks around them, and how many cells have each.
    package static func detect(_ texts: [(text: String, count: Int)], name: String) -> DateDetection? {
        detect(DateCells(texts), name: name)
    }

    /// How the dates of a column are written; nil if the column has no dates.
    ///
    /// Candidates are tried on few texts, then on more, then those left on all: so a column without dates costs little.
    package static func detect(_ cells: DateCells, name: String) -> DateDetection? {
        guard cells.total > 0 else { return nil }
        var left = candidates(for: cells)
        for size in [16, 256] {
            let sample = cells.sample(size)
            left.removeAll { format in
                cells.count(of: format, among: sample) * 10 < sample.count * sampleTenths
            }
            if left.isEmpty { return nil }
        }
        guard let best = best(of: left, cells, name: name) else { return nil }
        let order = DayOrder(best, cells)
        let fitting = cells.fitting(order.format)
        return DateDetection(
            format: order.format,
            fitting: fitting,
            odd: cells.total - fitting,
            note: order.note,
            isGuess: order.isGuess
        )
    }

    /// The format that reads most cells; of equally good ones the first, which is the simplest.
    ///
    /// Nothing after a format that reads all cells can be better, so the loop then ends.
    private static func best(of formats: [DateFormat], _ cells: DateCells, name: String) -> DateFormat? {
        let (least, some) = (DateDetection.minShare * Double(cells.total), cells.thinned(to: 4_096))
        var best: (format: DateFormat, fitting: Int)?
        for format in formats where best?.fitting != cells.total {
            let fitting = cells.fitting(format)
            guard Double(fitting) >= least, fitting > best?.fitting ?? 0,
                DateEvidence(format, some, name: name).isPlausible
            else { continue }
            best = (format, fitting)
        }
        return best?.format
    }

    /// The candidates that have a chance: a column without digits has no dates, a column of plain numbers has no other
    /// dates than numbers, and a column without letters has no names of months.
    private static func candidates(for cells: DateCells) -> [DateFormat] {
        let sample = cells.sample(16).map { cells.bytes[cells.ranges[$0]] }
        let half = sample.count - sample.count / 2
        let areNumbers = sample.count { $0.allSatisfy { $0 &- UInt8(ascii: "0") < 10 } } >= half
        if areNumbers { return candidates.filter(\.isDigitsOnly) }
        let haveDigits = sample.count { $0.contains { $0 &- UInt8(ascii: "0") < 10 } } >= half
        guard haveDigits else { return [] }
        let haveWords = sample.count { $0.contains { DateScanner.isLetter($0) || $0 >= 0x80 } } >= half
        return haveWords ? candidates : candidates.filter { !$0.namesMonths && !$0.namesWeekdays }
    }
}
