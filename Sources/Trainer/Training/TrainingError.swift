package import Tables

/// Why a training gave no model.
///
/// Except for ``cancelled``, the cause is something that a user can correct.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
    case table(TableError)
    case tooFewRows(rows: Int)
    case unscoredFolds(folds: Int)
    /// `holdout=time` without times of the rows.
    case noTimes
    /// `holdout=group:` without groups of the rows.
    case noGroups(column: String)
    /// All rows have the same time.
    case oneTime
    /// Classes of which all rows are among the last, which are held out.
    case lateClasses([String])
    case noGroupToHoldOut(groups: Int)
    case fewerGroupsThanFolds(groups: Int, folds: Int)
    case foldsOfTimes
    /// `sample_weight` without weights of the rows.
    case noWeights(column: String)
    /// All training rows have the weight 0.
    case weightless
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
        case .noTimes:
            "holdout=time needs a column of dates, and no column was read as one; name it with types=NAME:date"
        case .noGroups(let column):
            "holdout=group needs the column \(column.quotedName), and it was not read; choose another column"
        case .oneTime:
            "holdout=time needs rows of different times, and all have the same; choose another holdout"
        case .lateClasses(let classes):
            "holdout=time leaves no training row of \(classes.quoted): all rows of it are among the last; "
                + "hold out fewer rows with test=, or choose another holdout"
        case .noGroupToHoldOut(let groups):
            "holdout=group finds no group to hold out of \(groups): training needs a row of each class, "
                + "and groups stay whole; choose another column"
        case .fewerGroupsThanFolds(let groups, let folds):
            "folds=\(folds) is more than the \(groups) groups, which stay whole; use fewer folds"
        case .foldsOfTimes:
            "folds mixes early and late rows, so it does not go with holdout=time; leave one of them out"
        case .noWeights(let column):
            "sample_weight needs the column \"\(column)\", and it was not read; choose another column"
        case .weightless:
            "all training rows have the weight 0, so there is nothing to learn from; "
                + "choose another column for sample_weight=, or leave it out"
        case .weightsForValues(let target):
            "weights=balanced needs classes, but the target \(target.quotedName) has numbers; leave it out"
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
