import ArgumentParser
import Commands
import Contract
import Foundation
import HTTP

/// One training without a bot.
struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train once on a CSV file or a Walrus blob, without a bot.",
        usage:
            "okaibot train FILE|BLOB [target=NAME] [trees=N] [depth=N|none] [seed=N] [test=SHARE] … --out DIR [--json]"
    )

    @Argument(help: "A CSV file, or the ID of a blob.", transform: DashedID.unmarked)
    var dataset: String

    @Argument(help: "Settings as key=value; a wrong one is answered with all there are.")
    var settings: [String] = []

    @Option(help: "The folder for model.onnx, report.json and receipt.json.")
    var out: String

    @Flag(help: "Print receipt and report as JSON instead of a summary.")
    var json = false

    @Flag(help: "Name files by their Walrus blob IDs, too, as is done for a blob.")
    var ids = false

    @OptionGroup var option: SettingsOption

    /// What `okai-worker train` reads.
    struct Request: Encodable {
        var file: String?
        var blob: BlobID?
        var walrus: WalrusAccess?
        var parameters: TrainParameters
        var out: String
        var json: Bool
        var ids: Bool
    }

    func run() throws {
        var request = Request(parameters: TrainParameters(), out: out, json: json, ids: ids)
        do throws(ArgumentError) {
            try TrainArgumentParser.apply(settings, to: &request.parameters)
        } catch {
            throw ValidationError(error.problem)
        }
        if let name = request.parameters.command { try allow(name) }
        if FileManager.default.fileExists(atPath: dataset) {
            request.file = dataset
        } else if let blob = try? BlobID(dataset) {  // else it is neither
            let settings = try option.settings()
            guard case .network = settings.walrus else {
                throw ValidationError(
                    "the embedded Walrus is inside a running bot; name a file, or an aggregator's URL"
                )
            }
            request.blob = blob
            request.walrus = settings.walrusAccess
        } else {
            throw ValidationError("\"\(dataset)\" is neither a file nor a blob ID")
        }
        try WorkerBinary.become("train", request)
    }

    /// Tells the worker of the owner's training commands, if `name` is one.
    private func allow(_ name: String) throws {
        let commands = try option.settings().commands
        guard commands[name] != nil else { throw ValidationError(commands.lack(of: name)) }
        setenv(TrainingCommands.variable, commands.description, 1)
    }
}
