/// What the columns of a file show about the marks of its numbers: how many cells can be read in one way only.
///
/// A column in which `1,050` may be 1050 or 1.05 is decided by the other columns. Collect the hints of every column with
/// ``NumberEvidence/hints(separator:)``, merge them, and take those of the column itself away with ``without(_:)``.
package struct FileNumberHints: Equatable, Sendable {
    /// The byte between the fields of the file.
    package var separator: UInt8
    /// Cells such as `0,5`, `12,34` and `1.234,5`.
    package var decimalCommas = 0
    /// Cells such as `3.75` and `1,234.5`.
    package var decimalPoints = 0
    /// Cells such as `1,234,567` and `1,234.5`.
    package var commaThousands = 0
    /// Cells such as `1.234.567` and `1.234,5`.
    package var pointThousands = 0
    /// Whole numbers from 1000 without marks that are not years and do not count rows: where they stand, people
    /// write no thousands.
    package var plainThousands = 0

    package init(separator: UInt8) {
        self.separator = separator
    }

    package mutating func merge(_ other: FileNumberHints) {
        add(other, 1)
    }

    package func without(_ column: FileNumberHints) -> FileNumberHints {
        var rest = self
        rest.add(column, -1)
        return rest
    }

    private mutating func add(_ other: FileNumberHints, _ sign: Int) {
        decimalCommas += sign * other.decimalCommas
        decimalPoints += sign * other.decimalPoints
        commaThousands += sign * other.commaThousands
        pointThousands += sign * other.pointThousands
        plainThousands += sign * other.plainThousands
    }
}

extension FileNumberHints {
    /// Which mark divides whole numbers from decimals: a mark that nothing contradicts, or that has 20 times the cells
    /// of the other.
    var sureDecimal: NumberNotation.DecimalMark? {
        let (commas, points) = (decimalCommas + pointThousands, decimalPoints + commaThousands)
        if commas > 20 * points { return .comma }
        return points > 20 * commas ? .point : nil
    }

    /// Whether some cells show a decimal comma and others a decimal point.
    var isMixed: Bool {
        sureDecimal == nil && decimalCommas + pointThousands > 0
    }
}
