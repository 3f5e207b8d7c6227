/// A quilt or one of its patches cannot be read.
package enum QuiltError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    case noPatch(String, among: [String])

    package var description: String {
        switch self {
        case .malformed(let reason): "the blob is not a valid quilt: \(reason)"
        case .noPatch(let identifier, let known):
            "the quilt has no patch \"\(identifier)\" (there are: \(known.joined(separator: ", ")))"
        }
    }
}
