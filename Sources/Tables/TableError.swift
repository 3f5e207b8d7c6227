/// Why a file cannot be used as a table.
///
/// Except for ``cancelled``, a person can correct the cause: in the file, or by the choice of another target.
package enum TableError: Error, Equatable, CustomStringConvertible {
    case csv(CSVError)
    /// The sentences say why each other column is left out.
    case noFeatures(target: String, leftOut: [String])
    case notANumber(line: Int, column: String, token: String)
    case oneClass(target: String, label: String)
    case noTarget(target: String)
    case tooManyClasses(target: String, limit: Int)
    case uniqueTarget(target: String, rows: Int)
    case dateTarget(target: String)
    case hugeTarget(target: String, number: Double)
    case notAWeight(column: String, value: String)
    /// Numbers of a table to predict that can be read in two ways.
    case unclearInput(column: String, text: String)
    case unclearNumbers(target: String, first: String, second: String)
    case cancelled

    package var description: String {
        switch self {
        case .csv(let error): "\(error)"
        case .noFeatures(let target, let leftOut):
            "the table has no usable column besides the target \(target.quotedName)"
                + Self.summary(of: leftOut) + "; add a usable column"
        case .notANumber(let line, let column, let token):
            "line \(line), column \(column.quotedName): \"\(token)\" is not a number in the notation of its column; "
                + "correct it or leave the cell empty"
        case .oneClass(let target, let label):
            "the target \(target.quotedName) is \(label.quotedName) in every row, so there is nothing to learn; "
                + "choose another target"
        case .noTarget(let target):
            "the target \(target.quotedName) is empty in every row; choose another target"
        case .tooManyClasses(let target, let limit):
            "the target \(target.quotedName) has more than \(limit) classes, the most that a model can have; "
                + "choose another target or merge classes"
        case .uniqueTarget(let target, let rows):
            "the target \(target.quotedName) has another text in each of its \(rows) rows, so it names rows; "
                + "choose another target"
        case .dateTarget(let target):
            "the target \(target.quotedName) is a date, which cannot be predicted; choose another target"
        case .hugeTarget(let target, let number):
            "the target \(target.quotedName) has numbers up to \(number), but a model predicts 32-bit floats, which end at "
                + "\(Float.greatestFiniteMagnitude); use a larger unit"
        case .notAWeight(let column, let value):
            "sample_weight=\(SettingWord(column)) has \(value.isEmpty ? "a row without a value" : value.quotedName); "
                + "each row needs a weight that is 0 or more, and some weight must be above 0"
        case .unclearNumbers(let target, let first, let second):
            "column \(target.quotedName) has \(Set([first, second]).sorted().quoted), which may have thousands or decimals; "
                + "say thousands=comma, thousands=point or thousands=none"
        case .unclearInput(let column, let text):
            "column \(column.quotedName) has \(text.quotedName), which may have thousands or decimals; "
                + "write its numbers as in the training table"
        case .cancelled: "cancelled"
        }
    }

    /// The first of the sentences, and the number of the others.
    private static func summary(of sentences: [String]) -> String {
        guard let first = sentences.first else { return "" }
        return ": \(first.shortened(to: 110))"
            + (sentences.count > 1 ? " and \(sentences.count - 1) more" : "")
    }

    /// Converts `error`: ``CSVError/cancelled`` becomes ``cancelled``, and every other error becomes ``csv(_:)``.
    init(_ error: CSVError) {
        self = error == .cancelled ? .cancelled : .csv(error)
    }
}
