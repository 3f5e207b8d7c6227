/// Why a quilt, or a part of it, cannot be read.
package enum QuiltError: Error, Equatable, CustomStringConvertible {
    case malformed(String)
    case noPatch(String, among: [String])

    package var description: String {
        switch self {
        case .malformed(let what): "the blob is not a quilt: \(what)"
        case .noPatch(let identifier, let known):
            "the quilt has no patch \"\(identifier)\" (there are: \(known.joined(separator: ", ")))"
        }
    }
}
