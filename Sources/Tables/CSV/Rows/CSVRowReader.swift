/// Reads rows, cell by cell, into the ``ColumnBuffers``.
///
/// This is the innermost loop, with about 20 ns per cell.
struct CSVRowReader {
    private let scanner: CSVScanner
    private let separator: UInt8
    private let quote: UInt8
    private let plans: [ColumnPlan]
    /// The decimal mark of a column that is read by the fast method; 0 for the other columns.
    private let points: [UInt8]
    private let missingWords: MissingWords
    private let buffers: ColumnBuffers
    private let headerLine: Range<Int>?
    private let footer: Int?

    init(layout: CSVLayout, plans: [ColumnPlan], missingWords: MissingWords, buffers: ColumnBuffers) {
        scanner = CSVScanner(layout.dialect)
        (separator, quote) = (layout.dialect.separator, layout.dialect.quote)
        (headerLine, footer) = (layout.headerLine, layout.footer)
        self.plans = plans
        // Where the separator is the decimal mark too, only quotes tell 1,5 from two cells.
        let separator = separator
        points = plans.map { plan in
            guard !plan.isTarget, plan.scaling == .none, plan.plainPoint != separator else { return 0 }
            return plan.plainPoint ?? 0
        }
        self.missingWords = missingWords
        self.buffers = buffers
    }

    /// Reads the rows that begin in `chunk`, sets their number, and returns the offset after the last one.
    func read(_ bytes: Span<UInt8>, _ chunk: inout CSVChunk, _ tally: ChunkTally) throws(CSVFault) -> Int {
        var position = chunk.start
        let hasSkipped = !tally.oddRows.skipped.isEmpty
        let headerStart = headerLine.map { bytes[$0.lowerBound] } ?? 0
        var row = chunk.firstRow
        defer { chunk.rows = row - chunk.firstRow }
        let limit = chunk.limit
        while true {
            scanner.skipBlankLines(bytes, &position)
            guard position < limit else { return position }
            let isSpecial = position == footer || bytes[position] == headerStart || hasSkipped
            if isSpecial, skipsRow(bytes, &position, tally) { continue }
            if try readRow(bytes, &position, row, tally) { row += 1 }
        }
    }

    /// Skips a row that repeats the header, or that an earlier pass found to be too long.
    @inline(never)
    private func skipsRow(_ bytes: Span<UInt8>, _ position: inout Int, _ tally: ChunkTally) -> Bool {
        if let headerLine, bytes[position] == bytes[headerLine.lowerBound],
            repeats(headerLine, bytes, at: position)
        {
            tally.oddRows.headers.add(at: position, fields: plans.count)
            position += headerLine.count
            CSVScanner.skipLineEnd(bytes, &position)
            return true
        }
        if position == footer {
            tally.oddRows.footers.add(at: position, fields: plans.count)
        } else if tally.oddRows.skipped.isEmpty || !tally.oddRows.skipped.contains(position) {
            return false
        }
        do throws(CSVFault) {
            while try scanner.next(bytes, &position).more {}
        } catch {
            // The earlier pass read the row without an error.
            return false
        }
        return true
    }

    private func repeats(_ line: Range<Int>, _ bytes: Span<UInt8>, at position: Int) -> Bool {
        let end = position + line.count
        guard end <= bytes.count, end == bytes.count || CSVScanner.endsLine(bytes[end]) else { return false }
        return (0..<line.count).allSatisfy { bytes[position + $0] == bytes[line.lowerBound + $0] }
    }

    /// Reads a row, and returns whether it belongs to the table.
    private func readRow(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ row: Int,
        _ tally: ChunkTally
    ) throws(CSVFault) -> Bool {
        let start = position
        for column in plans.indices {
            let isLast = column == plans.count - 1
            if points[column] != 0, let value = number(bytes, &position, isLast: isLast, points[column]) {
                buffers.store(value, row: row, column: column)
                continue
            }
            let (field, more) = try scanner.next(bytes, &position)
            if field.isStray { tally.oddRows.strays.add(at: start, fields: plans.count) }
            if more == isLast {
                if isLast { return try endLongRow(bytes, &position, field, row, tally, start) }
                return endShortRow(bytes, field, row, column, tally, start)
            }
            store(field, bytes, row: row, column: column, &tally.findings[column])
        }
        return true
    }

    /// Ends a row whose last column is followed by a separator: the row is too long, unless only empty fields follow.
    @inline(never)
    private func endLongRow(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ field: CSVField,
        _ row: Int,
        _ tally: ChunkTally,
        _ start: Int
    ) throws(CSVFault) -> Bool {
        store(field, bytes, row: row, column: plans.count - 1, &tally.findings[plans.count - 1])
        var (fields, isEmpty, more) = (plans.count, true, true)
        while more {
            let next = try scanner.next(bytes, &position)
            fields += 1
            isEmpty = isEmpty && next.field.isEmpty
            more = next.more
        }
        if isEmpty { return true }
        tally.oddRows.long.add(at: start, fields: fields)
        tally.oddRows.skipped.insert(start)
        return false
    }

    /// Ends a row that lacks cells: these are missing.
    ///
    /// A single field in a table of three columns or more is no row.
    @inline(never)
    private func endShortRow(
        _ bytes: Span<UInt8>,
        _ field: CSVField,
        _ row: Int,
        _ column: Int,
        _ tally: ChunkTally,
        _ start: Int
    ) -> Bool {
        if column == 0, plans.count > 2 {
            tally.oddRows.lone.add(at: start, fields: 1)
            return false
        }
        tally.oddRows.short.add(at: start, fields: column + 1)
        store(field, bytes, row: row, column: column, &tally.findings[column])
        for rest in plans.indices.dropFirst(column + 1) {
            store(CSVField(start: 0, end: 0), bytes, row: row, column: rest, &tally.findings[rest])
        }
        return true
    }

    /// Reads a plain number and the separator or line end directly after it, and advances `position`.
    ///
    /// Otherwise returns nil and leaves `position` as it is. Does so also near the end of the file, and for a number
    /// that ``Decimal/scan(_:_:point:)`` leaves to the slow method.
    @inline(__always)
    private func number(_ bytes: Span<UInt8>, _ position: inout Int, isLast: Bool, _ point: UInt8) -> Float? {
        guard position &+ Decimal.reach <= bytes.count else { return nil }
        var end = position
        guard let number = Decimal.scan(bytes, &end, point: point) else { return nil }
        let (value, next) = (Float(number), bytes[end])
        guard value.isFinite, next == separator ? !isLast : isLast && CSVScanner.endsLine(next) else {
            return nil
        }
        position = end
        if isLast { CSVScanner.skipLineEnd(bytes, &position) } else { position &+= 1 }
        // Turns -0 into 0. The two are equal, but have different bits, and other code sorts and hashes floats by bits.
        return value == 0 ? 0 : value
    }
}

extension CSVRowReader {
    private func store(
        _ field: CSVField,
        _ bytes: Span<UInt8>,
        row: Int,
        column: Int,
        _ findings: inout ColumnFindings
    ) {
        let plan = plans[column]
        let value: Double?
        switch plan.kind {
        case .ignored: return
        case .text: value = nil
        case .number(let notation):
            value = notation.value(bytes, field.range).flatMap { $0.isFinite ? $0 : nil }
        case .date(let format): value = format.seconds(bytes, field.range)
        }
        let missing = value == nil ? missingWords.cell(field, bytes) : .present
        if missing == .word { _ = findings.words.index(of: field, in: bytes) }
        let isText = plan.kind == .text
        let isMissing = missing == .missing || missing == .word && !isText
        if isMissing { findings.missing += 1 }
        if !isText {
            if value == nil, !isMissing { findings.addOdd(field, bytes) }
            store(value, plan, field, row: row, column: column, &findings)
        }
        if isText || plan.isTarget {
            let label = isMissing ? nil : findings.labels.index(of: field, in: bytes)
            buffers.store(label: label.map { UInt32($0) } ?? ColumnBuffers.noLabel, row: row, column: column)
        }
        if isText, field.isTrimmed { findings.trimmed += 1 }
        if isText, field.start > 0, bytes[field.start - 1] == quote {
            findings.lookForRows(field, bytes, separator, plans.count)
        }
    }

    private func store(
        _ value: Double?,
        _ plan: ColumnPlan,
        _ field: CSVField,
        row: Int,
        column: Int,
        _ findings: inout ColumnFindings
    ) {
        if plan.storesDoubles { buffers.store(number: value ?? .nan, row: row, column: column) }
        guard case .number = plan.kind else { return }
        let float = value.map { plan.scaling.float($0) } ?? .nan
        if float.isInfinite, let value { findings.tooLarge = max(findings.tooLarge, value.magnitude) }
        if !plan.isTarget { buffers.store(float == 0 ? 0 : float, row: row, column: column) }
    }
}

extension ColumnFindings {
    mutating func addOdd(_ field: CSVField, _ bytes: Span<UInt8>) {
        oddCells += 1
        _ = odd.index(of: field, in: bytes)
    }

    /// Remembers a cell in quotes that has lines like the rows of the table: a quote is probably missing.
    mutating func lookForRows(_ field: CSVField, _ bytes: Span<UInt8>, _ separator: UInt8, _ columns: Int) {
        guard swallowed == nil, columns > 1 else { return }
        var (lines, rows, separators) = (1, 0, 0)
        for index in field.range {
            if bytes[index] == separator { separators += 1 }
            guard bytes[index] == UInt8(ascii: "\n") else { continue }
            if separators == columns - 1 { rows += 1 }
            (lines, separators) = (lines + 1, 0)
        }
        if rows >= 2 { swallowed = (field, lines) }
    }
}
