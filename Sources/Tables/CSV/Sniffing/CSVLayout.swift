/// The notation of a file and the names of its columns, detected before the rows are read.
struct CSVLayout {
    let dialect: CSVDialect
    let names: [String]
    /// The kind of the first line.
    let header: Header
    /// The offset of the first row of data.
    let bodyStart: Int
    /// The first rows of data.
    let sample: [[CSVField]]
    /// The mean length of the rows of the sample, in bytes.
    let meanRowLength: Double

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
    /// - Throws: ``CSVError`` if the file has another format, such as UTF-16 or ZIP; if the first line is not UTF-8; if
    ///   there is no row of data, for example because of a wrong quote; if a column's name is missing or used twice.
    init(_ bytes: Span<UInt8>, _ options: CSVOptions = CSVOptions()) throws(CSVError) {
        try CSVEncoding.check(bytes)
        dialect = CSVDialect(sniffing: bytes, options)
        let sample = CSVSample(bytes, dialect, limit: Self.sampleRows)
        guard let first = sample.rows.first else {
            if let fault = sample.fault { throw CSVError(fault, expected: 0, in: bytes) }
            throw .empty
        }
        for field in first { try CSVEncoding.requireUTF8(field, in: bytes) }
        let rows = sample.rows.map(\.count)
        let texts = CSVHeader(sample, bytes)
        if options.hasHeader == nil, let classes = texts.scikitLearnClasses {
            header = .scikitLearn(classes: classes)
            names = (0..<rows[1] - 1).map { "c\($0)" } + ["target"]
        } else if options.hasHeader ?? !texts.looksLikeData {
            header = .names
            names = texts.names
        } else {
            header = .none
            names = first.indices.map { "c\($0)" }
        }
        self.sample = header == .none ? sample.rows : Array(sample.rows.dropFirst())
        bodyStart = header == .none ? sample.start : sample.secondRow
        meanRowLength = Double(sample.end - sample.start) / Double(sample.rows.count)
        try Self.check(names)
        if self.sample.isEmpty {
            if let fault = sample.fault { throw CSVError(fault, expected: names.count, in: bytes) }
            throw .noRows
        }
    }

    /// The index of the column with the name `name`.
    func index(of name: String) throws(CSVError) -> Int {
        guard let index = names.firstIndex(of: name) else { throw .noColumns([name], found: names) }
        return index
    }

    /// The index of the default target: the column with a common name of a target, otherwise the last column.
    var guessedTarget: Int { targetByName ?? names.count - 1 }

    /// The index of the last column with a common name of a target.
    var targetByName: Int? {
        let usual = ["target", "label", "class", "species", "y"]
        let words = names.map { $0.lowercased() }
        return words.lastIndex { word in
            // In a table that has a column x and does not end with y, y is a coordinate.
            usual.contains(word) && !(word == "y" && words.contains("x") && words.last != "y")
        }
    }

    private static func check(_ names: [String]) throws(CSVError) {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() {
            guard !name.isEmpty else { throw .emptyName(column: index + 1) }
            guard seen.insert(name).inserted else { throw .duplicateName(name) }
        }
    }
}

extension CSVLayout {
    /// Descriptions of the detected notation and header.
    var remarks: [String] {
        switch header {
        case .names: dialect.remarks + ["the first line is the header"]
        case .none: dialect.remarks + ["there is no header: the columns are named c0, c1, …"]
        case .scikitLearn(let classes):
            dialect.remarks + [
                "the first line has scikit-learn's form: the columns are named c0, c1, …, target, "
                    + "and the classes are \(classes.quoted)"
            ]
        }
    }
}
