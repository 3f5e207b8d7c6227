import Hummingbird

/// The query of a store request.
///
/// Unknown parameters are errors, as they are in Walrus.
struct StoreQuery {
    let epochs: Int
    let isDeletable: Bool

    /// The largest number of epochs for which Walrus sells storage.
    private static let mostEpochs = 53
    private static let known: Set<Substring> = [
        "epochs", "permanent", "deletable", "force", "reuse_resources", "encoding_type", "send_object_to",
        "share",
    ]

    init(_ parameters: Parameters) throws {
        try parameters.allow(Self.known)
        guard let epochs = UInt32(parameters["epochs"] ?? "1"), epochs > 0 else {
            throw PlainTextError.query("epochs")
        }
        guard epochs <= Self.mostEpochs else {
            throw WireError.malformedRequest("epochs is \(epochs), but must be at most \(Self.mostEpochs)")
        }
        guard parameters["encoding_type"] ?? "RS2" == "RS2" else {
            throw PlainTextError.query("encoding_type")
        }
        let (isPermanent, isDeletable) = (try parameters.flag("permanent"), try parameters.flag("deletable"))
        guard !isPermanent || !isDeletable else { throw WireError.invalidPersistence }
        if try parameters.flag("share"), parameters["send_object_to"] != nil {
            throw WireError.malformedRequest("send_object_to and share cannot be combined: use one of them")
        }
        _ = (try parameters.flag("force"), try parameters.flag("reuse_resources"))
        self.epochs = Int(epochs)
        self.isDeletable = !isPermanent
    }
}

/// The query of a read request.
///
/// The parameters of the query select consistency checks, but this server always makes all checks.
enum ReadQuery {
    static func check(_ parameters: Parameters) throws {
        let flags: Set<Substring> = ["strict_consistency_check", "skip_consistency_check"]
        try parameters.allow(flags)
        let wanted = try flags.map { try parameters.flag($0) }
        guard wanted.contains(false) else {
            throw WireError.malformedRequest(
                "strict_consistency_check and skip_consistency_check cannot be combined: use one of them"
            )
        }
    }
}

extension Parameters {
    fileprivate func allow(_ known: Set<Substring>) throws {
        var seen: Set<Substring> = []
        for (key, _) in self where !seen.insert(key).inserted {
            throw PlainTextError(
                status: .badRequest,
                text: "Failed to deserialize query string: duplicate field `\(key)`"
            )
        }
        for (key, value) in self where !known.contains(key) {
            throw PlainTextError(
                status: .badRequest,
                text: "Failed to deserialize query string: unknown field `\(key)`, value `\(value)`"
            )
        }
    }

    fileprivate func flag(_ name: Substring) throws -> Bool {
        guard let value = self[name] else { return false }
        guard let flag = Bool(String(value)) else { throw PlainTextError.query(name) }
        return flag
    }
}

extension PlainTextError {
    fileprivate static func query(_ name: Substring) -> PlainTextError {
        PlainTextError(status: .badRequest, text: "Failed to deserialize query string: \(name)")
    }
}
