/// Why a file is no model of ours, or a model no file.
package enum ONNXError: Error, Equatable, CustomStringConvertible {
    case truncated
    case malformed(String)
    case foreign(String)
    case tooLarge(bytes: Int)

    package var description: String {
        switch self {
        case .truncated: "the model file ends too early"
        case .malformed(let what): "the model file is damaged: \(what)"
        case .foreign(let what): "this is not a model made by OKAI Bot: \(what)"
        case .tooLarge(let bytes):
            "the model would take \(bytes) bytes, and 2 GiB is what an ONNX file can hold; take fewer trees, "
                + "limit their depth, or ask for more rows per leaf"
        }
    }
}
