import Contract
import Tables
import Trainer

/// Why a model cannot be asked what somebody typed, or a table.
enum PredictError: Error, Equatable, CustomStringConvertible {
    // Of typed cells, with the features that the model takes.
    case wrongCount(Int, [String])
    case unnamed([String], [String])
    case unknown([String], [String])
    case notANumber(column: String, token: String)
    case unclear(String)
    case tooManyRows
    // Of tables.
    /// Columns that the model takes, and those that there are.
    case missing([String], found: [String])
    case unreadable(String)
    case answerTooLarge(Int)

    var description: String {
        switch self {
        case .wrongCount(let count, let features):
            "the model takes \(features.count) values a row (\(Self.list(features))), but you sent \(count)"
        case .unnamed(let names, let features):
            "you did not name \(Self.list(names)); the model takes \(Self.list(features))"
        case .unknown(let names, let features):
            "the model knows no \(Self.list(names)); it takes \(Self.list(features))"
        case .notANumber(let column, let token):
            "\(column) is a number to the model, but you sent \"\(token.prefix(60))\""
        case .unclear(let reason): reason
        case .tooManyRows: "more than \(Prediction.mostRows) rows are for a CSV file: send one"
        case .missing(let names, let found):
            "the model needs \(Self.list(names.map { "\"\($0)\"" })), but the table has \(Self.list(found))"
        case .unreadable(let reason): reason
        case .answerTooLarge(let size):
            "the answer has \(ByteCount(size)), more than the \(AnswerFile.limit >> 20) MB that can be sent to a chat"
        }
    }

    /// What to do about it, one sentence.
    var advice: String {
        switch self {
        case .wrongCount, .unnamed, .unknown, .unclear, .tooManyRows:
            "Send one value for each, or name them: petal_length=5.1 and so on."
        case .notANumber: "Send a number; where it is not known, leave it empty, as in 5.1,,1.4,0.2."
        case .missing: "Name the columns in the first line as the model does; the order is free."
        case .unreadable: "Mend the table and send it again."
        case .answerTooLarge: "Ask about fewer rows, or use okaibot predict with the model's file."
        }
    }

    /// Reads typed cells, and tells what is wrong with them in terms of what `model` takes.
    static func explaining(cellsFor model: Model, _ read: () throws -> FeatureTable) throws -> FeatureTable {
        do {
            return try read()
        } catch TableError.csv(.noColumns(let names, _)) {
            throw PredictError.unnamed(names, model.inputs.map(\.name))
        } catch TableError.csv(.duplicateName(let name)) {
            throw PredictError.unclear("you named \(name) twice")
        } catch TableError.notANumber(_, let column, let token) {
            throw PredictError.notANumber(column: column, token: token)
        } catch let error as TableError {
            throw PredictError.unclear(error.description)
        }
    }

    /// Reads a table, and tells what is wrong with it.
    static func explaining(_ read: () throws -> FeatureTable) throws -> FeatureTable {
        do {
            return try read()
        } catch TableError.csv(.noColumns(let names, let found)) {
            throw PredictError.missing(names, found: found)
        } catch let error as TableError {
            throw PredictError.unreadable(error.description)
        }
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(12).joined(separator: ", ") + (names.count > 12 ? ", … (\(names.count) in all)" : "")
    }
}
