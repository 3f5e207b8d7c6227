/// Why the owner's training command gave no model.
enum TrainingCommandError: Error, Equatable, CustomStringConvertible {
    /// No command has the requested name; the text lists the configured commands.
    case unknown(String)
    case failed(String, CommandProcess.End, lastLine: String)
    case noModel
    case manyModels([String])
    case wrongMetrics
    case changedDataset

    var description: String {
        switch self {
        case .unknown(let reason): reason
        case .failed(let name, let end, let lastLine):
            "the training command \(name) \(end)" + (lastLine.isEmpty ? "" : ": \(lastLine.prefix(300))")
        case .noModel: "the training command left no file named model or model.* in its output folder"
        case .manyModels(let names):
            "the training command left \(names.count) models, but only one is allowed: "
                + names.joined(separator: ", ")
        case .changedDataset:
            "the dataset changed while the training command ran, so the receipt cannot name its content"
        case .wrongMetrics:
            "metrics.json of the training command is not a JSON object of names and numbers"
        }
    }
}
