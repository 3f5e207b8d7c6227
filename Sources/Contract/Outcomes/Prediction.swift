/// Ask a model about a few rows that somebody typed, or about a table.
package struct PredictArguments: Codable, Equatable, Sendable {
    /// The run that made the model.
    package var run: RunID
    package var model: BlobID
    /// Whose values `cells` are, for one row; nil: they go in the model's own order, row after row.
    package var names: [String]?
    package var cells: [String]
    /// What is asked instead of `cells`.
    package var table: PredictTable?

    package init(
        run: RunID,
        model: BlobID,
        names: [String]?,
        cells: [String],
        table: PredictTable? = nil
    ) {
        self.run = run
        self.model = model
        self.names = names
        self.cells = cells
        self.table = table
    }
}

/// A table to ask a model about.
package enum PredictTable: Codable, Equatable, Sendable {
    case file(ChatFile)
    case blob(BlobID)

    package var file: ChatFile? { if case .file(let file) = self { file } else { nil } }
}

/// What a model said of a few rows.
package struct Prediction: Codable, Equatable, Sendable {
    package struct Share: Codable, Equatable, Sendable {
        package var label: String
        /// The probability, 0 to 1.
        package var share: Double

        package init(label: String, share: Double) {
            self.label = label
            self.share = share
        }
    }

    package struct Summary: Codable, Equatable, Sendable {
        package var rows: Int
        /// The most frequent classes and their shares; none where the model says numbers.
        package var shares: [Share]

        package init(rows: Int, shares: [Share]) {
            self.rows = rows
            self.shares = shares
        }
    }

    package struct Row: Codable, Equatable, Sendable {
        package var cells: [String]
        /// The class or the number.
        package var said: String
        /// The most likely classes, the first one first; none where the model says numbers.
        package var shares: [Share]

        package init(cells: [String], said: String, shares: [Share]) {
            self.cells = cells
            self.said = said
            self.shares = shares
        }
    }

    package var target: String
    /// What the cells of a row are called.
    package var features: [String]
    /// All that were asked about, where they are few.
    package var rows: [Row]
    /// How many were asked about, and how many of them go to the most frequent classes; nil: see `rows`.
    package var summary: Summary?
    /// What of the input the model could not use, a sentence each.
    package var notes: [String]?
    /// All rows, where they are many.
    package var file: AnswerFile?

    package init(target: String, features: [String], rows: [Row]) {
        self.target = target
        self.features = features
        self.rows = rows
    }

    /// More rows than this are for a file.
    package static let mostRows = 20
}
