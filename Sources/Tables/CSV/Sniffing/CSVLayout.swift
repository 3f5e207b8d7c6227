/// The notation of a file and the names of its columns, detected before the rows are read.
struct CSVLayout {
    let dialect: CSVDialect
    let names: [String]
    /// The kind of the first line.
    let header: Header
    /// The columns that have no name in the header.
    let unnamed: Set<Int>
    /// The first rows of data.
    let sample: [[CSVField]]
    /// The bytes of the line of names, without the line end; nil if there is none.
    let headerLine: Range<Int>?
    /// The offset of a last row that sums up the others; nil if there is none.
    let footer: Int?
    /// The offset of the first row of data.
    let bodyStart: Int
    /// The mean length of the rows of the sample, in bytes.
    let meanRowLength: Double
    /// Descriptions of what was detected.
    let remarks: [String]

    enum Header: Equatable {
        case names
        /// The first line is data; the columns get the names c0, c1, ….
        case none
        /// The first line of scikit-learn's bundled tables: the numbers of rows and features, and the names of the
        /// classes 0, 1, ….
        case scikitLearn(classes: [String])
    }

    private static let sampleRows = 1_000

    /// Detects the layout of `bytes`, except for the settings that `options` have.
    ///
    /// A first line with all of the names `known` is a header.
    ///
    /// - Throws: ``CSVError`` if there is no row of data, for example because of a wrong quote.
    init(_ bytes: Span<UInt8>, _ options: CSVOptions = CSVOptions(), known: [String] = []) throws(CSVError) {
        let opening = CSVOpening(bytes)
        var options = options
        options.separator = options.separator ?? opening.separator
        dialect = CSVDialect(sniffing: bytes, from: opening.end, options)
        let whole = CSVSample(bytes, dialect, from: opening.end, limit: Self.sampleRows)
        guard !whole.rows.isEmpty else {
            if let fault = whole.fault { throw CSVError(fault, expected: 0, in: bytes) }
            throw .empty
        }
        if let fault = whole.fault, fault == .tooManyFields(at: whole.starts[0]) {
            throw CSVError(fault, expected: 0, in: bytes)
        }
        let preamble = CSVPreamble(whole, width: whole.usualFields, bytes)
        let table = whole.dropping(preamble.rows)
        let texts = CSVHeader(table, bytes)
        let width = Self.width(table)
        var remarks = dialect.remarks
        if preamble.rows > 0 {
            remarks.append(
                preamble.rows == 1
                    ? "the first line is skipped: the table begins below it"
                    : "the first \(preamble.rows) lines are skipped: the table begins below them"
            )
        }
        let isKnown = !known.isEmpty && Set(known).isSubset(of: texts.names)
        let columns: CSVNames
        if options.hasHeader == nil, !isKnown, let classes = texts.scikitLearnClasses {
            header = .scikitLearn(classes: classes)
            columns = CSVNames(header: (0..<width - 1).map { "c\($0)" } + ["target"])
        } else if options.hasHeader ?? (isKnown || texts.hasNames) {
            header = .names
            columns = CSVNames(header: Self.fitted(texts.names, to: width, table, &remarks))
        } else {
            header = .none
            columns = CSVNames(columns: width)
        }
        (names, unnamed) = (columns.names, columns.unnamed)
        let hasHeader = header != .none
        sample = Array(table.rows.dropFirst(hasHeader ? 1 : 0))
        guard !sample.isEmpty else {
            if let fault = whole.fault { throw CSVError(fault, expected: names.count, in: bytes) }
            throw .noRows
        }
        bodyStart = table.starts[hasHeader ? 1 : 0]
        footer = CSVFooter.offset(in: bytes, dialect, sample: sample, from: bodyStart)
        headerLine =
            header == .names
            ? table.starts[0]..<LineEnds.withoutBlankLines(table.starts[0], bodyStart, bytes) : nil
        meanRowLength = Double(whole.end - table.starts[0]) / Double(table.rows.count)
        self.remarks =
            remarks
            + Self.remarks(
                on: header,
                isClose: options.hasHeader == nil && !isKnown && abs(texts.evidence) < CSVHeader.closeEvidence
            )
            + (columns.repeated.isEmpty
                ? [] : ["columns with equal names get numbers: \(columns.repeated.quoted)"])
    }

    /// Whether the first line names the classes 0, 1, ….
    var namesClasses: Bool {
        if case .scikitLearn = header { true } else { false }
    }

    /// The index of the column with the name `name`.
    func index(of name: String) throws(CSVError) -> Int {
        guard let index = names.firstIndex(of: name) else { throw .noColumns([name], found: names) }
        return index
    }
}

extension CSVLayout {
    /// The number of columns: the usual number of fields of the rows below the first line, or its own if that is
    /// greater and not only because of separators at its end.
    private static func width(_ table: CSVSample) -> Int {
        let usual = table.rows.count > 1 ? table.dropping(1).usualFields : table.rows[0].count
        let named = (table.rows[0].lastIndex { !$0.isEmpty } ?? 0) + 1
        return max(usual, named)
    }

    /// The names with an empty one for each column that the header lacks.
    ///
    /// If the rows end in a separator that the header lacks, the last column has no name. Otherwise the first columns
    /// are row names, as R writes them.
    private static func fitted(
        _ names: [String],
        to width: Int,
        _ table: CSVSample,
        _ remarks: inout [String]
    ) -> [String] {
        guard names.count < width else { return Array(names.prefix(width)) }
        let lacking = [String](repeating: "", count: width - names.count)
        let endsEmpty = table.rows.dropFirst().allSatisfy { $0.count < width || $0[width - 1].isEmpty }
        if endsEmpty { return names + lacking }
        remarks.append("the header has \(names.count) names for \(width) columns: the first are row names")
        return lacking + names
    }

    /// The remark on a table whose first line is clearly the header.
    static let plainHeader = "the first line is the header"

    private static func remarks(on header: Header, isClose: Bool) -> [String] {
        switch header {
        case .names:
            [plainHeader + (isClose ? "; if it has data, say header=no" : "")]
        case .none:
            [
                "there is no header: the columns are named c0, c1, …"
                    + (isClose ? "; if there is one, say header=yes" : "")
            ]
        case .scikitLearn(let classes):
            [
                "the first line has scikit-learn's form: the columns are named c0, c1, …, target, "
                    + "and the classes are \(classes.quoted)"
            ]
        }
    }
}
