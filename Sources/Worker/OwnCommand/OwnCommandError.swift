/// Why the owner's own training command gave no model.
enum OwnCommandError: Error, Equatable, CustomStringConvertible {
    case unknown(String)
    case failed(String, CommandRun.End, last: String)
    case noModel
    case manyModels([String])
    case wrongMetrics
    case changedDataset

    var description: String {
        switch self {
        case .unknown(let lack): lack
        case .failed(let name, let end, let last):
            "the training command \(name) \(end)" + (last.isEmpty ? "" : ": \(last.prefix(300))")
        case .noModel: "the training command left no file called model or model.* in its folder"
        case .manyModels(let names):
            "the training command left \(names.count) models: \(names.joined(separator: ", "))"
        case .changedDataset:
            "the dataset changed while the training command ran, so that nobody knows what the model learnt from"
        case .wrongMetrics: "metrics.json of the training command is not an object of names and figures"
        }
    }
}
