import ArgumentParser
import Contract
import Foundation

/// `okaibot predict`: replaces itself by the worker program, which predicts the rows of a table with a model.
struct Predict: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the predictions of a model for each row of a CSV file.",
        usage: "okaibot predict MODEL CSV [separator= quote= decimal= header=] [--json]"
    )

    @Argument(help: "The file of a model that this program or the bot trained.")
    var model: String

    @Argument(help: "A CSV file with the model's features as columns, in any order.")
    var csv: String

    @Argument(
        help:
            "The CSV format as key=value: separator, quote, decimal, header. Keys that are missing are detected."
    )
    var settings: [String] = []

    @Flag(help: "Print one JSON object per line instead of CSV.")
    var json = false

    func run() throws {
        try SiblingProgram.replaceProcess(with: .predict(try request()))
    }

    /// - Throws: `ValidationError` if the arguments are wrong.
    func request() throws -> WorkerRequest.Predict {
        for path in [model, csv] where !FileManager.default.fileExists(atPath: path) {
            throw ValidationError("there is no file \"\(path)\"")
        }
        var request = WorkerRequest.Predict(model: model, csv: csv, json: json)
        do throws(ArgumentError) {
            request.dialect = try TrainArgumentParser.dialect(settings)
        } catch {
            throw ValidationError(error.problem)
        }
        return request
    }
}
