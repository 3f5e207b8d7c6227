package import Tables

/// Why a training gave no model.
///
/// Except for ``cancelled``, the cause is something that a user can correct.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
    case table(TableError)
    case tooFewRows(rows: Int)
    case unscoredFolds(folds: Int)
    case weightsForValues(target: String)
    case tooManyFeatures(requested: Int, found: Int)
    case foreignShards(String)
    case modelTooLarge(bytes: Int)
    case cancelled

    package var description: String {
        switch self {
        case .table(let error): "\(error)"
        case .tooFewRows(let rows):
            "\(rows) rows are too few: training needs a row of each class, "
                + "and the test or each fold needs another row; add rows"
        case .unscoredFolds(let folds):
            "none of the \(folds) folds of the cross-validation has a score; use fewer folds or add rows"
        case .weightsForValues(let target):
            "weights=balanced needs classes, but the target \"\(target)\" has numbers; leave it out"
        case .tooManyFeatures(let requested, let found):
            "features=\(requested) is more than the \(found) features of the table; use fewer, or features=all"
        case .foreignShards(let fault):
            "these shards do not make up the forest: \(fault); grow each tree once, all on the same table"
        case .modelTooLarge(let bytes):
            "\(ONNXError.tooLarge(bytes: bytes))"
        case .cancelled: "cancelled"
        }
    }

    /// Wraps `error`; if reading the table was cancelled, the error is ``cancelled``.
    init(_ error: TableError) {
        self = error == .cancelled ? .cancelled : .table(error)
    }
}
