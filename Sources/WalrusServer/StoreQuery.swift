import Hummingbird

/// The query of a store: unknown members are refused, as Walrus refuses them.
struct StoreQuery {
    let epochs: Int
    let isDeletable: Bool

    /// How far ahead Walrus sells storage.
    private static let mostEpochs = 53
    private static let known: Set<Substring> = [
        "epochs", "permanent", "deletable", "force", "reuse_resources", "encoding_type", "send_object_to",
        "share",
    ]

    init(_ parameters: Parameters) throws {
        try parameters.allow(Self.known)
        guard let epochs = UInt32(parameters["epochs"] ?? "1"), epochs > 0 else {
            throw PlainRefusal.query("epochs")
        }
        guard epochs <= Self.mostEpochs else {
            throw WireError.malformedRequest("epochs must be at most \(Self.mostEpochs), but is \(epochs)")
        }
        guard parameters["encoding_type"] ?? "RS2" == "RS2" else { throw PlainRefusal.query("encoding_type") }
        let (isPermanent, isDeletable) = (try parameters.flag("permanent"), try parameters.flag("deletable"))
        guard !isPermanent || !isDeletable else { throw WireError.invalidPersistence }
        if try parameters.flag("share"), parameters["send_object_to"] != nil {
            throw WireError.malformedRequest("send_object_to and share exclude each other")
        }
        _ = (try parameters.flag("force"), try parameters.flag("reuse_resources"))
        self.epochs = Int(epochs)
        self.isDeletable = !isPermanent
    }
}

/// The query of a read, which asks for more or for fewer checks; here all are made anyway.
enum ReadQuery {
    static func check(_ parameters: Parameters) throws {
        let flags: Set<Substring> = ["strict_consistency_check", "skip_consistency_check"]
        try parameters.allow(flags)
        let wanted = try flags.map { try parameters.flag($0) }
        guard wanted.contains(false) else {
            throw WireError.malformedRequest("the consistency checks exclude each other")
        }
    }
}

extension Parameters {
    fileprivate func allow(_ known: Set<Substring>) throws {
        var seen: Set<Substring> = []
        for (key, _) in self where !seen.insert(key).inserted {
            throw PlainRefusal(
                status: .badRequest,
                text: "Failed to deserialize query string: duplicate field `\(key)`"
            )
        }
        for (key, value) in self where !known.contains(key) {
            throw PlainRefusal(
                status: .badRequest,
                text: "Failed to deserialize query string: unknown field `\(key)`, value `\(value)`"
            )
        }
    }

    fileprivate func flag(_ name: Substring) throws -> Bool {
        guard let value = self[name] else { return false }
        guard let flag = Bool(String(value)) else { throw PlainRefusal.query(name) }
        return flag
    }
}

extension PlainRefusal {
    fileprivate static func query(_ name: Substring) -> PlainRefusal {
        PlainRefusal(status: .badRequest, text: "Failed to deserialize query string: \(name)")
    }
}
