/// The columns of a file, the one to predict, and those that are left out on request.
struct TableSource {
    private(set) var reader: TableReader
    private(set) var target: TargetGuess
    /// The columns that are no features, with the reason.
    let leftOut: [Int: String]
    let keys: KeyColumns
    /// What was decided about the target.
    private(set) var remark = ""
    /// The offer of another target, for a card.
    private(set) var offer: String?

    init(
        _ csv: Span<UInt8>,
        _ options: TableOptions,
        threads: Int,
        _ observer: ReadingObserver,
        checksText: Bool = false
    ) throws(TableError) {
        do throws(CSVError) {
            let layout = try CSVLayout(csv, options.csv)
            guard layout.names.count > 1 else { throw .oneColumn(name: layout.names[0]) }
            try Self.checkSize(layout, csv, limit: options.memoryLimit)
            for name in options.types.keys.sorted() { _ = try layout.index(of: name) }
            var ignored: Set<Int> = []
            for name in options.ignored { ignored.insert(try layout.index(of: name)) }
            let keys = try KeyColumns(options, layout)
            self.keys = keys
            var leftOut = keys.reasons
            for column in ignored { leftOut[column] = "as requested" }
            self.leftOut = leftOut
            let requested = try options.target.map { name throws(CSVError) in
                try Self.target(name, in: layout)
            }
            let guess =
                requested
                ?? TargetGuess(names: layout.names) { leftOut[$0] == nil && layout.mayBeTarget($0) }
            target = guess
            reader = try TableReader(
                csv,
                layout,
                options,
                target: guess.column,
                isUsed: { !ignored.contains($0) || $0 == guess.column || keys.contains($0) },
                threads: threads,
                observer,
                checksText: checksText
            )
            if let column = options.types.keys.sorted().compactMap({ layout.names.firstIndex(of: $0) })
                .first(where: { reader.decisions[$0].misfit != nil })
            {
                let (name, text) = (layout.names[column], reader.decisions[column].misfit ?? "")
                throw .wrongType(column: name, type: options.types[name] ?? .text, text: text)
            }
            if requested == nil {
                try guessTarget(csv)
            } else {
                remark = guess.remark(layout.names[guess.column], second: nil)
            }
        } catch {
            throw TableError(error)
        }
    }

    /// Guesses the target again from all cells, and reads it if it is another column.
    private mutating func guessTarget(_ csv: Span<UInt8>) throws(CSVError) {
        let columns = reader.columns
        let names = columns.layout.names
        let (guess, second) = Self.guess(columns, csv, without: Set(leftOut.keys))
        // If no column can be learnt, the guess may be a column that is ignored, and was not read.
        let found = columns.plan(guess.column).kind == .ignored ? target : guess
        let secondName = second.map { names[$0] }
        remark = found.remark(names[found.column], second: secondName)
        offer = found.offer(secondName, width: names.count)
        if found.column != target.column {
            try reader.changeTarget(from: target.column, to: found.column, csv)
        }
        target = found
    }

    private static func guess(
        _ columns: CSVColumns,
        _ csv: Span<UInt8>,
        without ignored: Set<Int>
    ) -> (first: TargetGuess, second: Int?) {
        let names = columns.layout.names
        var known: [Int: Bool] = [:]
        func isLearnable(_ column: Int) -> Bool {
            guard !ignored.contains(column) else { return false }
            if let answer = known[column] { return answer }
            // More texts are no classes, so that they need not be joined and sorted.
            let limit = Target.maxClasses + columns.missingTexts.count
            let labels =
                columns.plan(column).kind == .text ? columns.labels(column, csv, limit: limit) : nil
            let answer = Learnability(columns).canLearn(column, labels)
            known[column] = answer
            return answer
        }
        let first = TargetGuess(names: names, isLearnable: isLearnable)
        guard first.reason == .name || first.reason == .lastLearnable else { return (first, nil) }
        let second = TargetGuess(names: names) { $0 != first.column && isLearnable($0) }
        return (first, second.column != first.column && isLearnable(second.column) ? second.column : nil)
    }

    private static func target(_ name: String, in layout: CSVLayout) throws(CSVError) -> TargetGuess {
        let count = layout.names.count
        if !layout.names.contains(name), let position = Int(name), (-count..<count).contains(position) {
            return TargetGuess(requested: (position + count) % count)
        }
        return TargetGuess(requested: try layout.index(of: name))
    }

    /// Checks that the columns fit in `limit` bytes.
    ///
    /// The number of rows is estimated from the mean length of the first rows.
    private static func checkSize(_ layout: CSVLayout, _ csv: Span<UInt8>, limit: Int) throws(CSVError) {
        let rows = Int(Double(csv.count) / layout.meanRowLength)
        let columns = layout.names.count
        // A cell needs a float of 4 bytes, and training needs a bin of 1 byte.
        let bytes = rows * columns * 5
        guard bytes <= limit, rows < Int(UInt32.max) else {
            throw .tooLarge(rows: rows, columns: columns, bytes: bytes, limit: limit)
        }
    }
}

extension TableSource {
    /// `columns` with those numbers read again, shifted and scaled, that 32-bit floats could not tell apart or hold.
    func scaled(_ columns: CSVColumns, _ csv: Span<UInt8>) throws(TableError) -> CSVColumns {
        var plans: [Int: ColumnPlan] = [:]
        for column in columns.layout.names.indices where column != target.column {
            var plan = columns.plan(column)
            guard case .number = plan.kind, let scaling = FloatScaling(columns, column, csv) else { continue }
            plan.scaling = scaling
            plans[column] = plan
        }
        guard !plans.isEmpty else { return columns }
        var reader = reader
        reader.columns = columns
        do throws(CSVError) {
            try reader.read(plans, csv)
        } catch {
            throw TableError(error)
        }
        return reader.columns
    }

    /// The readings of all columns in the order of the file.
    func reading(_ features: [TableReading.Column], _ target: TableReading.Column) -> [TableReading.Column] {
        var all = features
        all.insert(target, at: self.target.column)
        return all
    }
}

extension CSVLayout {
    /// Whether the first rows of a column have a value, so that it may be the target.
    fileprivate func mayBeTarget(_ column: Int) -> Bool {
        !unnamed.contains(column) && sample.contains { $0.count > column && !$0[column].isEmpty }
    }
}
