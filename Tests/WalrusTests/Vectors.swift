import Foundation
import Testing

/// Test vectors on which three independent implementations agree, among them the official encoder.
struct Vectors: Decodable, Sendable {
    struct Blob: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let n_shards: Int
        let len: Int
        let symbol_size: Int
        let blob_id: String
        let root_hash: String
        let pair0_primary: String
        let pair0_secondary: String
        let pairlast_primary: String
        let pairlast_secondary: String
        let pair1_primary: String
        let pair1_secondary: String
        let leaf_0_0: String
        let leaf_last_last: String
        let row0_repair0_first8: String
        let row0_repairlast_first8: String
        let column_repairs: [ColumnRepairs]
        let encoded_length: Int

        var testDescription: String { "\(name) over \(n_shards) shards" }
    }

    struct ColumnRepairs: Decodable, Sendable {
        let column: Int
        let repair0_first8: String
        let repairlast_first8: String
    }

    struct Code: Decodable, Sendable, CustomTestStringConvertible {
        let original_count: Int
        let recovery_count: Int
        let shard_bytes: Int
        let rate: String
        let recovery_blake2b256: String

        var testDescription: String { "\(original_count) + \(recovery_count) of \(shard_bytes) bytes" }
    }

    struct CodeSet: Decodable, Sendable {
        let vectors: [Code]
    }

    struct Product: Decodable, Sendable {
        let a: UInt16
        let b: UInt16
        let product: UInt16
        let inverse_of_a: UInt16
    }

    struct Tables: Decodable, Sendable {
        let log_65536: String
        let exp_65536: String
        let mul_examples: [Product]
    }

    struct Tree: Decodable, Sendable {
        let leaves_ascii: [String]
        let root: String
    }

    struct Parameters: Decodable, Sendable {
        let n_shards: Int
        let primary: Int
        let secondary: Int
        let max_blob_size: Int
    }

    struct Decimal: Decodable, Sendable {
        let blob_id: String
        let decimal: String
    }

    struct Size: Decodable, Sendable {
        let length: Int
        let symbol_size: Int
    }

    let params: [Parameters]
    let symbol_size_n1000: [Size]
    let gf_tables: Tables
    let rs_vectors: CodeSet
    let merkle: [Tree]
    let blob_vectors: [Blob]
    let quilt: [QuiltVector]
    let u256: [Decimal]

    static let shared: Vectors = {
        do {
            return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: data("walrus.json")))
        } catch {
            preconditionFailure("cannot read the test vectors: \(error)")
        }
    }()

    /// The URL of a file in the tests' data folder.
    static func data(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/\(name)")
    }

    /// The input of a vector, which its name defines.
    static func input(_ blob: Blob) throws -> [UInt8] {
        let parts = blob.name.split(separator: "_")
        switch parts[0] {
        case "iris": return Array(try Data(contentsOf: data("iris.csv")))
        case "empty": return []
        case "one": return [0x2a]
        case "ten": return Array(0..<10)
        case "hello": return Array("Hello, Walrus!".utf8)
        case "stability": return Array("walrus blob id v1 regression test".utf8)
        case "doc": return Array(parts.dropFirst().joined(separator: " ").utf8)
        case "zeros1000": return [UInt8](repeating: 0, count: 1_000)
        case "ff1000": return [UInt8](repeating: 0xff, count: 1_000)
        case "ts":
            let shift = Int(parts[2]) ?? 0
            return (0..<blob.len).map { UInt8(truncatingIfNeeded: $0 + shift) }
        default:
            return generated(blob.len)
        }
    }

    /// Byte i = (i * 31 + 7) mod 251.
    static func generated(_ count: Int) -> [UInt8] {
        let period = (0..<251).map { UInt8(($0 * 31 + 7) % 251) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + period.count)
        while bytes.count < count { bytes += period }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
