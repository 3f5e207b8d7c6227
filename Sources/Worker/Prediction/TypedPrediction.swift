import Contract
import Tables
import Trainer

/// The predictions of a model for rows that somebody typed into a chat.
struct TypedPrediction {
    let arguments: PredictArguments
    let model: Model

    init(_ arguments: PredictArguments, by model: Model) {
        (self.arguments, self.model) = (arguments, model)
    }

    /// - Throws: ``PredictError``.
    func prediction() throws -> Prediction {
        let rows = try rows()
        let names = arguments.names ?? model.neededColumns
        var seen: Set<String> = []
        if let name = names.first(where: { !seen.insert($0).inserted }) {
            throw PredictError.unclear("you named \(name) twice")
        }
        let csv = Array(([names] + rows).map(Self.line).joined().utf8)
        // The CSV options are fixed, because the code above wrote the CSV in this form.
        var options = CSVOptions()
        (options.separator, options.quote) = (UInt8(ascii: ","), UInt8(ascii: "\""))
        options.hasHeader = true
        let table = try PredictError.explainingCells(for: model) {
            try FeatureTable(csv.span, for: model, options: options, threads: 1)
        }
        guard table.ignored.isEmpty else {
            throw PredictError.unknown(table.ignored, model.neededColumns)
        }
        let predictions = model.predict(table.columns, threads: 1)
        var prediction = Prediction(
            target: model.target,
            features: names,
            rows: rows.enumerated().map { Prediction.Row(cells: $1, row: $0, of: predictions, by: model) }
        )
        let notes = table.notes + table.unseenNotes
        if !notes.isEmpty { prediction.notes = notes }
        return prediction
    }

    /// The cells as rows with one value for each feature; a single row if the person named the features.
    private func rows() throws(PredictError) -> [[String]] {
        let cells = arguments.cells
        guard arguments.names == nil else { return [cells] }
        let features = model.neededColumns
        guard !cells.isEmpty, cells.count.isMultiple(of: features.count) else {
            throw .wrongCount(cells.count, features)
        }
        let starts = stride(from: 0, to: cells.count, by: features.count)
        guard cells.count / features.count <= Prediction.mostRows else { throw .tooManyRows }
        return starts.map { Array(cells[$0..<$0 + features.count]) }
    }

    private static func line(_ cells: [String]) -> String {
        cells.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",") + "\n"
    }
}

extension Prediction.Row {
    /// The largest number of classes that are shown for a row, the most likely first.
    private static let maxShares = 3

    /// Row number `row` of `predictions`, counted from 0; `cells` are shown beside the prediction.
    init(cells: [String], row: Int, of predictions: Predictions, by model: Model) {
        switch predictions {
        case .values(let values):
            self.init(cells: cells, predicted: "\(values[row])", shares: [])
        case .classes(let labels, let probabilities):
            let classes = model.classes
            let shares = classes.enumerated().map { index, label in
                Prediction.Share(label: label, share: Double(probabilities[row * classes.count + index]))
            }
            let likely = shares.sorted { $0.share > $1.share }.prefix(Self.maxShares)
            self.init(cells: cells, predicted: classes[Int(labels[row])], shares: Array(likely))
        }
    }
}
