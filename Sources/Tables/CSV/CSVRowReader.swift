/// Reads rows, cell by cell, into the ``ColumnBuffers``.
///
/// This is the innermost loop, with about 20 ns per cell.
struct CSVRowReader {
    private let scanner: CSVScanner
    private let separator: UInt8
    private let point: UInt8
    private let uses: [ColumnUse]
    private let buffers: ColumnBuffers

    init(layout: CSVLayout, uses: [ColumnUse], buffers: ColumnBuffers) {
        scanner = CSVScanner(layout.dialect)
        separator = layout.dialect.separator
        point = layout.dialect.point
        self.uses = uses
        self.buffers = buffers
    }

    /// Reads the rows that begin in `chunk`, and returns the offset after the last one.
    func read(_ bytes: Span<UInt8>, _ chunk: inout CSVChunk) throws(CSVFault) -> Int {
        var position = chunk.start
        while true {
            scanner.skipBlankLines(bytes, &position)
            guard position < chunk.limit else { return position }
            try readRow(bytes, &position, &chunk)
            chunk.rows += 1
        }
    }

    private func readRow(
        _ bytes: Span<UInt8>,
        _ position: inout Int,
        _ chunk: inout CSVChunk
    ) throws(CSVFault) {
        let (start, row) = (position, chunk.firstRow + chunk.rows)
        for column in uses.indices {
            let isLast = column == uses.count - 1
            if uses[column] == .number, let value = number(bytes, &position, isLast: isLast) {
                buffers.store(value, row: row, column: column)
                continue
            }
            let (field, more) = try scanner.next(bytes, &position)
            guard more == !isLast else {
                throw .ragged(at: start, fields: column + 1 + (more ? try countFields(bytes, &position) : 0))
            }
            store(field, bytes, row: row, column: column, &chunk.findings[column])
        }
    }

    /// Reads a plain number and the separator or line end directly after it, and advances `position`.
    ///
    /// Otherwise returns nil and leaves `position` as it is. Does so also near the end of the file, and for a number
    /// that ``Decimal/scan(_:_:point:)`` leaves to the slow method.
    @inline(__always)
    private func number(_ bytes: Span<UInt8>, _ position: inout Int, isLast: Bool) -> Float? {
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

    private func store(
        _ field: CSVField,
        _ bytes: Span<UInt8>,
        row: Int,
        column: Int,
        _ findings: inout CSVChunk.Findings
    ) {
        let use = uses[column]
        guard use != .ignored else { return }
        let isMissing = field.isMissing(in: bytes)
        if isMissing { findings.missing += 1 }
        if use != .text {
            let number = isMissing ? nil : Decimal.number(bytes, field, point: point)
            if number == nil, !isMissing {
                findings.texts += 1
                findings.firstText = findings.firstText ?? field
            }
            if let number, !Float(number).isFinite {
                findings.firstTooLarge = findings.firstTooLarge ?? field
            }
            if use == .target { buffers.store(number: number ?? .nan, row: row) }
            if use == .number {
                buffers.store(number.map { $0 == 0 ? 0 : Float($0) } ?? .nan, row: row, column: column)
            }
        }
        if use == .text || use == .target {
            let label = isMissing ? nil : findings.labels.index(of: field, in: bytes)
            buffers.store(label: label.map { UInt32($0) } ?? ColumnBuffers.noLabel, row: row, column: column)
        }
    }

    /// The number of fields that are left in the row.
    private func countFields(_ bytes: Span<UInt8>, _ position: inout Int) throws(CSVFault) -> Int {
        var count = 1
        while try scanner.next(bytes, &position).more { count += 1 }
        return count
    }
}
