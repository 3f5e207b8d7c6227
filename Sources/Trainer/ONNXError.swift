/// Why a file is no model of ours.
package enum ONNXError: Error, Equatable, CustomStringConvertible {
    case truncated
    case malformed(String)
    case foreign(String)

    package var description: String {
        switch self {
        case .truncated: "the model file ends too early"
        case .malformed(let what): "the model file is damaged: \(what)"
        case .foreign(let what): "this is not a model made by OKAI Bot: \(what)"
        }
    }
}
