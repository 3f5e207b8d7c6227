import ArgumentParser
import Contract
import Foundation
import HTTP

/// `okaibot train`: replaces itself by the worker program, which trains a model without a bot.
struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train once on a CSV file or a Walrus blob, without a bot.",
        usage:
            "okaibot train FILE|BLOB [target=NAME] [trees=N] [depth=N|none] [seed=N] [test=SHARE] … --out DIR [--json]"
    )

    @Argument(help: "A CSV file, or the ID of a blob.", transform: DashedID.unmarked)
    var dataset: String

    @Argument(help: "Settings such as trees=200; the error for an unknown one lists all settings.")
    var settings: [String] = []

    @Option(help: "The folder for model.onnx, report.json and receipt.json.")
    var out: String

    @Flag(help: "Print receipt and report as JSON instead of a summary.")
    var json = false

    @Flag(help: "Put the blob IDs of dataset and model into the receipt, even if the dataset is a file.")
    var ids = false

    @OptionGroup var option: SettingsOption

    func run() throws {
        let request = try request()
        if let name = request.parameters.command { try configureCommand(name) }
        try SiblingProgram.replaceProcess(with: .train(request))
    }

    /// - Throws: `ValidationError` if the arguments are wrong; ``SettingsError`` if the settings are.
    func request() throws -> WorkerRequest.Train {
        var request = WorkerRequest.Train(out: out, json: json, ids: ids)
        do throws(ArgumentError) {
            try TrainArgumentParser.apply(settings, to: &request.parameters)
        } catch {
            throw ValidationError(error.problem)
        }
        if FileManager.default.fileExists(atPath: dataset) {
            request.file = dataset
        } else if let blob = try? BlobID(dataset) {  // An error means that it is not an ID; see below.
            let settings = try option.settings()
            guard case .network = settings.walrus else {
                throw ValidationError(
                    "the embedded Walrus can be read only while the bot runs: name a file, or configure an aggregator"
                )
            }
            request.blob = blob
            request.walrus = settings.walrusAccess
        } else {
            throw ValidationError("\"\(dataset)\" is neither a file nor a blob ID")
        }
        return request
    }

    /// Passes the training commands of the settings to the worker, in an environment variable.
    ///
    /// - Throws: `ValidationError` if no command has this name; ``SettingsError`` if the settings are wrong.
    private func configureCommand(_ name: String) throws {
        let commands = try option.settings().commands
        guard commands[name] != nil else { throw ValidationError(commands.unknownCommand(name)) }
        setenv(TrainingCommands.variable, commands.description, 1)
    }
}
