/// What is known of a file before its rows are read: how it is written, and what its columns are called.
struct CSVLayout {
    let dialect: CSVDialect
    let names: [String]
    /// What the first line is.
    let header: Header
    /// Where the first row of data begins.
    let bodyStart: Int
    /// The first rows of data.
    let sample: [[CSVField]]
    /// How long a row of the sample is, in bytes.
    let meanRowLength: Double

    enum Header: Equatable {
        case names
        /// Data: columns are called c0, c1, ….
        case none
        /// That of the tables within scikit-learn: rows, features, and what the classes 0, 1, … are called.
        case scikitLearn(classes: [String])
    }

    private static let sampleRows = 1_000

    /// - Throws: ``CSVError`` where there is no table, or where names are missing or doubled.
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

    /// The index of the column called `name`.
    func index(of name: String) throws(CSVError) -> Int {
        guard let index = names.firstIndex(of: name) else { throw .noColumns([name], found: names) }
        return index
    }

    /// The column to predict where nobody named one: called like a target, else the last.
    var guessedTarget: Int { targetByName ?? names.count - 1 }

    var targetByName: Int? {
        let usual = ["target", "label", "class", "species", "y"]
        let words = names.map { $0.lowercased() }
        return words.lastIndex { word in
            // Beside x and before something else, y is a place.
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
    /// What is unusual about the file, in words.
    var remarks: [String] {
        switch header {
        case .names: dialect.remarks + ["the first line is the header"]
        case .none: dialect.remarks + ["there is no header: columns are called c0, c1, …"]
        case .scikitLearn(let classes):
            dialect.remarks + [
                "the first line is scikit-learn's: columns are called c0, c1, …, classes \(classes.quoted)"
            ]
        }
    }
}
