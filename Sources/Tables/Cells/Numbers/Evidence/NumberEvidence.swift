/// The texts of one column, from which its notation of numbers is decided.
///
/// Add all different texts with their counts, without cells that are missing. A long column is read in passes: add the
/// texts of the first rows and decide; call ``beginPass()`` and read all rows in the notation that was decided; add each
/// cell that is no number in it, and the number of the others with ``addRead(_:in:largest:)``; decide again. If the
/// decision changed, repeat the pass. The texts of all passes stay as evidence, so this ends after two or three.
package struct NumberEvidence: Sendable {
    struct Entry: Sendable {
        /// The offsets of the text in `bytes`.
        var range: Range<Int>
        /// The number of cells of this pass.
        var count: Int
        /// nil if the text is no number in any notation.
        var shape: NumberShape?

        /// The number of cells as evidence: a text that an earlier pass found was in one cell at least.
        var weight: Int { max(count, 1) }
    }

    private(set) var bytes: [UInt8] = []
    private(set) var entries: [Entry] = []
    /// The positions in `entries` by text, from the first pass on.
    private var positions: [String: Int]?
    /// Cells of this pass that are numbers in `readNotation`; their texts were not added.
    private(set) var read = 0
    private(set) var readNotation = NumberNotation.plain
    private(set) var largestRead = 0.0

    package init() {}

    /// Adds a text that stands in `count` cells.
    ///
    /// Before the first pass each text must be added once.
    package mutating func add(_ csv: Span<UInt8>, _ range: Range<Int>, count: Int = 1) {
        if positions != nil {
            let text = NumberShape.text(csv, range)
            if let position = positions?[text] {
                entries[position].count += count
                return
            }
            positions?[text] = entries.count
        }
        let start = bytes.count
        for index in range { bytes.append(csv[index]) }
        let copy = start..<bytes.count
        entries.append(Entry(range: copy, count: count, shape: NumberShape(bytes.span, copy)))
    }

    package mutating func add(_ text: String, count: Int = 1) {
        let letters = Array(text.utf8)
        add(letters.span, 0..<letters.count, count: count)
    }

    /// Starts to count the cells anew, in a pass over all rows.
    package mutating func beginPass() {
        var positions: [String: Int] = [:]
        for index in entries.indices {
            positions[text(entries[index])] = index
            entries[index].count = 0
        }
        self.positions = positions
        (read, largestRead) = (0, 0)
    }

    /// Counts cells that are numbers in `notation`, the one that was decided before this pass.
    ///
    /// `largest`, the largest of these numbers, shows whether a column without groups has whole numbers from 1000.
    package mutating func addRead(_ cells: Int, in notation: NumberNotation, largest: Double = 0) {
        read += cells
        readNotation = notation
        if notation.grouping == .none { largestRead = max(largestRead, largest) }
    }

    var cells: Int { entries.reduce(read) { $0 + $1.weight } }

    func text(_ entry: Entry) -> String { NumberShape.text(bytes.span, entry.range) }

    func value(_ entry: Entry, _ notation: NumberNotation) -> Double? {
        notation.value(bytes.span, entry.range)
    }

    /// The counts of cells that are numbers in `notation` and of those that are not.
    package func counts(_ notation: NumberNotation) -> NumberCounts {
        var counts = NumberCounts()
        counts.numbers = read
        var numbers: Set<Double> = []
        var odd: [String: Int] = [:]
        for entry in entries {
            if let value = value(entry, notation) {
                counts.numbers += entry.count
                numbers.insert(value)
            } else if entry.count > 0 {
                counts.odd += entry.count
                odd[text(entry), default: 0] += entry.count
            }
        }
        counts.distinctNumbers = numbers.count
        counts.distinctOdd = odd.count
        counts.oddTexts = odd.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10)
            .map { .init(text: $0.key, count: $0.value) }
        return counts
    }
}
