import ArgumentParser
import Commands
import Contract
import Foundation

/// What a model says of a table.
struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print what a model says of each row of a CSV file.",
        usage: "okaibot predict MODEL CSV [separator= quote= decimal= header=] [--json]"
    )

    @Argument(help: "A model that the bot trained.")
    var model: String

    @Argument(help: "A CSV file with the model's features, by name and in any order.")
    var csv: String

    @Argument(
        help:
            "How the file is written, as key=value: separator, quote, decimal, header; else it is found out."
    )
    var settings: [String] = []

    @Flag(help: "Print a JSON object per line instead of a table.")
    var json = false

    /// What `okai-worker train` reads.
    struct Request: Encodable {
        var model: String
        var csv: String
        var json: Bool
        var dialect: TableDialect
    }

    func run() throws {
        for path in [model, csv] where !FileManager.default.fileExists(atPath: path) {
            throw ValidationError("there is no file \"\(path)\"")
        }
        var request = Request(model: model, csv: csv, json: json, dialect: TableDialect())
        do throws(ArgumentError) {
            request.dialect = try TrainArgumentParser.dialect(settings)
        } catch {
            throw ValidationError(error.problem)
        }
        try WorkerBinary.become("predict", request)
    }
}
