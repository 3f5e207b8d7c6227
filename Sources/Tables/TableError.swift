/// Why a file cannot be used as a table.
///
/// Except for ``cancelled``, a person can correct the cause: in the file, or by the choice of another target.
package enum TableError: Error, Equatable, CustomStringConvertible {
    case csv(CSVError)
    case noFeatures(target: String)
    case notANumber(line: Int, column: String, token: String)
    case numberTooLarge(line: Int, column: String, token: String)
    case oneClass(target: String, label: String)
    case noTarget(target: String)
    case tooManyClasses(target: String, limit: Int)
    case cancelled

    package var description: String {
        switch self {
        case .csv(let error): "\(error)"
        case .noFeatures(let target):
            "the table has no usable column besides the target \"\(target)\"; "
                + "add a column from which the target can be predicted"
        case .notANumber(let line, let column, let token):
            "line \(line), column \"\(column)\": \"\(token)\" is not a plain number; "
                + "correct it or leave the cell empty"
        case .numberTooLarge(let line, let column, let token):
            "line \(line), column \"\(column)\": \"\(token)\" does not fit in a 32-bit float; "
                + "use a smaller unit or leave the cell empty"
        case .oneClass(let target, let label):
            "the target \"\(target)\" is \"\(label)\" in every row, so there is nothing to learn; "
                + "choose another target"
        case .noTarget(let target):
            "the target \"\(target)\" is empty in every row; choose another target"
        case .tooManyClasses(let target, let limit):
            "the target \"\(target)\" has more than \(limit) classes, the most that a model can have; "
                + "choose another target or merge classes"
        case .cancelled: "cancelled"
        }
    }

    /// Converts `error`: ``CSVError/cancelled`` becomes ``cancelled``, and every other error becomes ``csv(_:)``.
    init(_ error: CSVError) {
        self = error == .cancelled ? .cancelled : .csv(error)
    }
}
