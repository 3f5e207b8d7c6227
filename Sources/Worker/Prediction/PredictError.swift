import Contract
import Tables
import Trainer

/// Why a model gave no predictions for a table, or for rows that somebody typed into a chat.
enum PredictError: Error, Equatable, CustomStringConvertible {
    // Errors in cells that somebody typed into a chat. In the first three cases, the last list holds the model's
    // features.
    case wrongCount(Int, [String])
    case unnamed([String], [String])
    case unknown([String], [String])
    case notANumber(column: String, cell: String)
    case unclear(String)
    case tooManyRows
    // Errors in tables.
    /// Features that the table lacks, and the columns that it has.
    case missing([String], found: [String])
    case unreadable(String)
    case answerTooLarge(Int)

    var description: String {
        switch self {
        case .wrongCount(let count, let features):
            "the model needs \(features.count) values a row (\(Self.list(features))), but you sent \(count)"
        case .unnamed(let names, let features):
            "you gave no value for \(Self.list(names)); the model needs \(Self.list(features))"
        case .unknown(let names, let features):
            "the model has no feature \(Self.list(names)); its features are \(Self.list(features))"
        case .notANumber(let column, let cell):
            "\(column) must be a number, but you sent \"\(cell.prefix(60))\""
        case .unclear(let reason): reason
        case .tooManyRows:
            "a message can hold at most \(Prediction.mostRows) rows: send a CSV file for more"
        case .missing(let names, let found):
            "the model needs the columns \(Self.list(names.map { "\"\($0)\"" })), "
                + "but the table has \(Self.list(found))"
        case .unreadable(let reason): reason
        case .answerTooLarge(let size):
            "the predictions have \(ByteCount(size)), "
                + "but a bot can send at most \(AnswerFile.limit >> 20) MB to a chat"
        }
    }

    /// What the person can do about the error.
    var advice: String {
        switch self {
        case .wrongCount, .unnamed, .unknown, .unclear, .tooManyRows:
            "Send one value for each feature, or name them, as in petal_length=5.1."
        case .notANumber: "Send a number, or leave its place empty if it is unknown, as in 5.1,,1.4,0.2."
        case .missing: "Name the columns in the first line as in the training data; any order will do."
        case .unreadable: "Correct the table and send it again."
        case .answerTooLarge: "Send fewer rows, or run okaibot predict with the model's file."
        }
    }

    /// Calls `read` for cells that somebody typed, and converts its errors to errors that name the features of `model`.
    static func explainingCells(
        for model: Model,
        _ read: () throws -> FeatureTable
    ) throws -> FeatureTable {
        do {
            return try read()
        } catch TableError.csv(.noColumns(let missing, let found)) {
            let features = model.neededColumns
            let unknown = found.filter { !features.contains($0) }
            throw unknown.isEmpty
                ? PredictError.unnamed(missing, features) : PredictError.unknown(unknown, features)
        } catch TableError.notANumber(_, let column, let token) {
            throw PredictError.notANumber(column: column, cell: token)
        } catch let error as TableError {
            throw PredictError.unclear(error.description)
        }
    }

    /// Calls `read` for a table, and converts its errors to errors for the person who sent the table.
    static func explainingTable(_ read: () throws -> FeatureTable) throws -> FeatureTable {
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
