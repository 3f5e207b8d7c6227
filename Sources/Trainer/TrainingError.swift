/// Why no model came about: always something that the person with the data can mend.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
    case csv(CSVError)
    case noFeatures(target: String)
    case notANumber(line: Int, column: String, token: String)
    case numberTooLarge(line: Int, column: String, token: String)
    case oneClass(target: String, label: String)
    case noTarget(target: String)
    case tooManyClasses(target: String, limit: Int)
    case tooFewRows(rows: Int)
    case weightsForValues(target: String)
    case tooManyFeatures(asked: Int, found: Int)
    case foreignShards(String)
    case modelTooLarge(bytes: Int)
    case cancelled

    package var description: String {
        switch self {
        case .csv(let error):
            "\(error)"
        case .noFeatures(let target):
            "there is no column beside the target \"\(target)\" to predict it from"
        case .notANumber(let line, let column, let token):
            "line \(line), column \"\(column)\": \"\(token)\" is no plain number; mend it or leave it empty"
        case .numberTooLarge(let line, let column, let token):
            "line \(line), column \"\(column)\": \"\(token)\" is beyond what a 32-bit float can hold"
        case .oneClass(let target, let label):
            "the target \"\(target)\" is \"\(label)\" in every row: there is nothing to learn"
        case .noTarget(let target):
            "the target \"\(target)\" is empty in every row"
        case .tooManyClasses(let target, let limit):
            "the target \"\(target)\" has more than \(limit) classes, which are too many to tell apart"
        case .tooFewRows(let rows):
            "\(rows) rows are too few: every class needs a row to learn from and some must be left to test with"
        case .weightsForValues(let target):
            "weights=balanced is for classes, and the target \"\(target)\" holds numbers; leave it out"
        case .tooManyFeatures(let asked, let found):
            "features=\(asked) is more than the \(found) that the table has; take fewer, or features=all"
        case .foreignShards(let fault):
            "these shards are no forest: \(fault); grow each tree once, all on the same table"
        case .modelTooLarge(let bytes):
            "\(ONNXError.tooLarge(bytes: bytes))"
        case .cancelled: "cancelled"
        }
    }
}
