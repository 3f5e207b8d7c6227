/// The addresses that Sui writes before the names of Walrus' types.
///
/// A type keeps the address of the version of the package that introduced it. So the types of storage pools have
/// another address than the types of the first version.
struct WalrusPackages: Equatable, Sendable {
    /// The first version, whose address the system object's type has.
    var original: String
    /// The version that introduced storage pools; nil if the chain does not say which one that is.
    var pools: String?

    /// A type of Walrus that registers blobs.
    enum Kind {
        case blob, sharedBlob, pooledBlob
    }

    /// What the type named `type` is; nil if it is no type of Walrus that registers blobs.
    ///
    /// Addresses are compared as numbers, because leading zeros have no meaning.
    func kind(of type: String) -> Kind? {
        let parts = type.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let isOriginal = Self.number(parts[0]) == Self.number(original[...])
        let isPool = pools.map { Self.number($0[...]) == Self.number(parts[0]) } ?? false
        switch parts[1].dropFirst() {
        case "blob::Blob" where isOriginal: return .blob
        case "shared_blob::SharedBlob" where isOriginal: return .sharedBlob
        case Self.pooledBlob where isOriginal || isPool: return .pooledBlob
        default: return nil
        }
    }

    /// Whether `type` has the name of a pooled blob's type, in whatever package.
    static func isNamedPooledBlob(_ type: String) -> Bool { type.hasSuffix("::\(pooledBlob)") }

    private static let pooledBlob = "storage_pool::PooledBlob"

    private static func number(_ address: Substring) -> Substring {
        Substring(address.lowercased()).dropFirst(2).drop { $0 == "0" }
    }
}
