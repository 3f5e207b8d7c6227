import Hummingbird

/// The query of a store: unknown members are refused, as Walrus refuses them.
struct StoreQuery {
    let epochs: Int
    let isDeletable: Bool

    private static let known: Set<String> = [
        "epochs", "permanent", "deletable", "force", "reuse_resources", "encoding_type", "send_object_to",
        "share",
    ]

    init(_ parameters: Parameters) throws {
        for (key, value) in parameters where !Self.known.contains(String(key)) {
            throw PlainRefusal(
                status: .badRequest,
                text: "Failed to deserialize query string: unknown field `\(key)`, value `\(value)`"
            )
        }
        func flag(_ name: Substring) throws -> Bool {
            guard let value = parameters[name] else { return false }
            guard let flag = Bool(String(value)) else {
                throw PlainRefusal(status: .badRequest, text: "Failed to deserialize query string: \(name)")
            }
            return flag
        }
        guard let epochs = UInt32(parameters["epochs"] ?? "1"), epochs > 0 else {
            throw PlainRefusal(status: .badRequest, text: "Failed to deserialize query string: epochs")
        }
        guard parameters["encoding_type"] ?? "RS2" == "RS2" else {
            throw PlainRefusal(status: .badRequest, text: "Failed to deserialize query string: encoding_type")
        }
        let isPermanent = try flag("permanent")
        if try flag("deletable"), isPermanent {
            throw PlainRefusal(status: .badRequest, text: "a blob cannot be both permanent and deletable")
        }
        if try flag("share"), parameters["send_object_to"] != nil {
            throw PlainRefusal(status: .badRequest, text: "send_object_to and share exclude each other")
        }
        _ = (try flag("force"), try flag("reuse_resources"))
        self.epochs = Int(epochs)
        isDeletable = !isPermanent
    }

    /// Reads know two flags, which exclude each other.
    static func allowsRead(_ parameters: Parameters) -> Bool {
        let flags: Set<String> = ["strict_consistency_check", "skip_consistency_check"]
        return parameters.allSatisfy { flags.contains(String($0.key)) && Bool(String($0.value)) != nil }
            && parameters.count { $0.value == "true" } < 2
    }
}
