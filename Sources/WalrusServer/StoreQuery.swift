import Hummingbird

/// The query of a store request.
///
/// Unknown parameters are errors, as they are in Walrus.
struct StoreQuery {
    let epochs: Int
    let isDeletable: Bool
    /// Whether to buy a new object although one exists.
    let isForced: Bool
    /// Whether to put the new object into one that everyone can extend.
    let isShared: Bool

    /// The largest number of epochs for which Walrus sells storage.
    private static let mostEpochs = 53
    private static let known: Set<Substring> = [
        "epochs", "permanent", "deletable", "force", "reuse_resources", "encoding_type", "send_object_to",
        "share", "quilt_version",
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
        let receiver = parameters["send_object_to"]
        guard receiver?.wholeMatch(of: /(0x)?[0-9A-Fa-f]{64}/) != nil || receiver == nil else {
            throw PlainTextError.query("send_object_to")
        }
        guard ["v1", "V1", "1"].contains(parameters["quilt_version"] ?? "v1") else {
            throw PlainTextError.query("quilt_version")
        }
        isShared = try parameters.flag("share")
        if isShared, receiver != nil {
            throw WireError.malformedRequest("send_object_to and share cannot be combined: use one of them")
        }
        isForced = try parameters.flag("force")
        _ = try parameters.flag("reuse_resources")
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
