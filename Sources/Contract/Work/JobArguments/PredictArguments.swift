/// The arguments of a prediction: a model, and the rows to predict, either as cells that a person typed or as a table.
package struct PredictArguments: WorkArguments {
    package static let kind = JobKind.predict

    /// The run that made the model.
    package var run: RunID
    package var model: BlobID
    /// If set, `cells` is one row with the values of these features.
    ///
    /// If nil, `cells` is one or more rows, one after another, and each row has the values of all features in the
    /// model's order.
    package var names: [String]?
    package var cells: [String]
    /// The table whose rows are predicted; if nil, the rows in `cells` are predicted.
    package var table: PredictTable?

    package var chatFile: ChatFile? { table?.file }

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

/// A table whose rows are to be predicted.
package enum PredictTable: Codable, Equatable, Sendable {
    case file(ChatFile)
    case blob(BlobID)

    package var file: ChatFile? { if case .file(let file) = self { file } else { nil } }
    package var blob: BlobID? { if case .blob(let blob) = self { blob } else { nil } }
}
