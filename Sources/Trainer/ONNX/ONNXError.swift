/// Why a file cannot be read as a model of OKAI Bot, or why a model cannot be written.
package enum ONNXError: Error, Equatable, CustomStringConvertible {
    case truncated
    case malformed(String)
    case foreign(String)
    case tooLarge(bytes: Int)

    package var description: String {
        switch self {
        case .truncated: "the model file is truncated; fetch or train it again"
        case .malformed(let fault): "the model file is damaged: \(fault)"
        case .foreign(let reason): "this is not a model made by OKAI Bot: \(reason)"
        case .tooLarge(let bytes):
            "the model needs \(bytes) bytes, but an ONNX file can have at most 2 GiB; use fewer trees, "
                + "limit their depth, or require more rows per leaf"
        }
    }
}
