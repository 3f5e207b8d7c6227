/// Why no model came about: always something that the person with the data can mend.
package enum TrainingError: Error, Equatable, CustomStringConvertible {
    case csv(CSVError)
    case noFeatures(target: String)
    case notANumber(line: Int, column: String, token: String)
    case missingCell(line: Int, column: String)
    case numberTooLarge(line: Int, column: String, token: String)
    case oneClass(target: String, label: String)
    case tooManyClasses(target: String, count: Int)
    case numericTarget(target: String, distinct: Int)
    case tooFewRows(rows: Int)
    case cancelled

    package var description: String {
        switch self {
        case .csv(let error):
            "\(error)"
        case .noFeatures(let target):
            "there is no column beside the target \"\(target)\" to predict it from"
        case .notANumber(let line, let column, let token):
            "line \(line), column \"\(column)\": \"\(token)\" is not a number, and only numbers can be learnt from yet"
        case .missingCell(let line, let column):
            "line \(line), column \"\(column)\": the cell is empty, and gaps cannot be learnt from yet"
        case .numberTooLarge(let line, let column, let token):
            "line \(line), column \"\(column)\": \"\(token)\" is beyond what a 32-bit float can hold"
        case .oneClass(let target, let label):
            "the target \"\(target)\" has only one class, \"\(label)\": there is nothing to tell apart"
        case .tooManyClasses(let target, let count):
            "the target \"\(target)\" has \(count) classes; 1000 are possible"
        case .numericTarget(let target, let distinct):
            "the target \"\(target)\" has \(distinct) different numbers; only classes can be predicted yet"
        case .tooFewRows(let rows):
            "\(rows) rows are too few: every class needs a row to learn from and some must be left to test with"
        case .cancelled: "cancelled"
        }
    }
}
