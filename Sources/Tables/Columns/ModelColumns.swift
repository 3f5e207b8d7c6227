/// The columns that a model needs from a table, and how its training table wrote them.
struct ModelColumns {
    /// A feature, the column that it comes from, and how that column was read.
    struct Source {
        let feature: String
        let labels: [String]?
        let column: String
        let reading: TableReading.Column?
        let part: DatePart?
    }

    let sources: [Source]
    private let names: [String]?
    private let missing: [String]
    private let thousands: Thousands?

    init(_ features: [FeatureTable.Source], names: [String]?, _ reading: TableReading?) {
        let columns = reading?.sources ?? [:]
        sources = features.map { feature in
            let found = columns[feature.feature]
            return Source(
                feature: feature.feature,
                labels: feature.labels,
                column: found?.column.name ?? feature.feature,
                reading: found?.column,
                part: found?.part
            )
        }
        self.names = names
        missing = reading?.missing ?? []
        thousands = reading?.thousands
    }

    /// The distinct names of the columns that the features come from.
    var columnNames: [String] {
        var seen: Set<String> = []
        return sources.map(\.column).filter { seen.insert($0).inserted }
    }

    /// For each feature, the position of its column.
    func positions(in layout: CSVLayout) throws(CSVError) -> [Int] {
        var found = layout.names
        if layout.header == .none {
            let needed = columnNames
            if found.count == needed.count {
                found = needed
            } else {
                guard let names, names.count == found.count else {
                    throw .wrongWidth(found.count, features: needed.count, all: names?.count)
                }
                found = names
            }
        }
        let places = Dictionary(zip(found, found.indices)) { first, _ in first }
        // A name that differs only in capitals is the column, if it is the only one.
        let similar = Dictionary(grouping: found.indices) { found[$0].lowercased() }
        func place(_ name: String) -> Int? {
            let others = similar[name.lowercased()] ?? []
            return places[name] ?? (others.count == 1 ? others[0] : nil)
        }
        let missing = columnNames.filter { place($0) == nil }
        guard missing.isEmpty else { throw .noColumns(missing, found: found) }
        return sources.compactMap { place($0.column) }
    }

    /// The options by which the table is read: the model decides whether a column has numbers, dates or texts.
    func options(_ csv: CSVOptions, _ layout: CSVLayout, _ positions: [Int]) -> TableOptions {
        var options = TableOptions()
        options.csv = csv
        options.missingWords = missing
        options.thousands = thousands
        for (position, source) in zip(positions, sources) {
            let type: ColumnType = source.labels != nil ? .text : source.part != nil ? .date : .number
            options.types[layout.names[position]] = type
        }
        return options
    }

    /// The plans by which the columns were read for the training.
    func plans(_ layout: CSVLayout, _ positions: [Int]) -> [Int: ColumnPlan] {
        var plans: [Int: ColumnPlan] = [:]
        for (position, source) in zip(positions, sources) {
            var plan = ColumnPlan(kind: .text)
            if let format = source.reading?.date, source.part != nil {
                plan.kind = .date(format)
            } else if source.labels == nil {
                plan.kind = .number(source.reading?.notation ?? .plain)
                plan.scaling = source.reading?.scaling ?? .none
            }
            plans[position] = plan
        }
        return plans
    }
}

extension ModelColumns.Source {
    /// A sentence if the cells are written in another way than in the training table; otherwise nil.
    func note(on kind: ColumnPlan.Kind) -> String? {
        switch kind {
        case .number(let notation) where notation != reading?.notation ?? .plain:
            "column \(column.quotedName) is read as \(notation)"
        case .date(let format) where format != reading?.date:
            "column \(column.quotedName) is read as \(format)"
        case .number, .date, .text, .ignored: nil
        }
    }

    /// Checks that the cells of a numeric feature are values, or missing as in the training.
    ///
    /// - Throws: ``TableError`` for a cell that is neither.
    func requireValues(_ reader: TableReader, _ position: Int, _ csv: Span<UInt8>) throws(TableError) {
        let columns = reader.columns
        if let unclear = reader.decisions[position].unclear {
            throw .unclearInput(column: column, text: unclear.first)
        }
        let odd = columns.oddTexts(position, csv)
        guard let first = odd.entries.first else { return }
        // The training table had such cells too, and they counted as missing.
        let isUsual = reading?.isMostlyOdd == true || 2 * columns.oddCells(position) < columns.rows
        if reading?.odd != nil, isUsual { return }
        throw .notANumber(
            line: LineEnds.line(of: first.field.start, in: csv),
            column: column,
            token: String(first.field.text(in: csv, columns.layout.dialect).prefix(60))
        )
    }
}
