/// Why the owner's own training command gave no model.
enum OwnCommandError: Error, Equatable, CustomStringConvertible {
    case unknown(String)
    case cannotStart(String, String)
    case failed(String, code: Int32, isSignal: Bool, last: String)
    case noModel
    case manyModels([String])
    case wrongMetrics
    case changedDataset

    var description: String {
        switch self {
        case .unknown(let lack): lack
        case .cannotStart(let path, let reason): "cannot start \(path): \(reason)"
        case .failed(let name, let code, let isSignal, let last):
            "the training command \(name) ended with \(isSignal ? "signal" : "code") \(code)"
                + (last.isEmpty ? "" : ": \(last.prefix(300))")
        case .noModel: "the training command left no file called model or model.* in its folder"
        case .manyModels(let names):
            "the training command left \(names.count) models: \(names.joined(separator: ", "))"
        case .changedDataset:
            "the dataset changed while the training command ran, so that nobody knows what the model learnt from"
        case .wrongMetrics: "metrics.json of the training command is not an object of names and figures"
        }
    }
}
