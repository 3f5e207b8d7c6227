package import Contract
package import Foundation

/// What the chain says of a blob whose bytes, and so whose ID, were checked here.
///
/// The chain is believed as far as its endpoint is: no light client looks behind it.
package struct ChainCheck: Sendable {
    private let sui: SuiClient
    private let now: Date

    package init(_ sui: SuiClient, now: Date = Date()) {
        self.sui = sui
        self.now = now
    }

    /// Compares `blob` with its object: that at `address`, else that of its latest certification.
    ///
    /// Where the chain cannot be asked, or nothing is known of the blob, the finding says so.
    package func finding(on blob: StoredBlob, object address: String? = nil) async throws -> Finding {
        do {
            let (package, epoch) = try await sui.system()
            var found = address
            if found == nil { found = try await sui.certifiedObject(of: blob.id, package: package) }
            guard let address = found else {
                return unchecked("no object is named, and none of the last certifications is of this blob")
            }
            let (type, object) = try await sui.object(address)
            guard let object, Self.isBlob(type, in: package) else {
                return finding(.fails, "the object \(address) is no blob of Walrus, but a \(type)")
            }
            return judge(object, at: address, blob: blob, epoch: epoch)
        } catch SuiError.noObject(let missing) where missing == address {
            return finding(.fails, "there is no object \(missing) on \(chain)")
        } catch let error as SuiError {
            return unchecked("\(error)")
        }
    }

    private func judge(_ object: BlobObject, at address: String, blob: StoredBlob, epoch: Int) -> Finding {
        guard object.blobID == blob.id.decimal else {
            return finding(.fails, "the object \(address) is of another blob, \(object.blobID)")
        }
        guard object.size == blob.size else {
            return finding(.fails, "registered with \(object.size) bytes, but there are \(blob.size)")
        }
        guard object.encodingType == BlobObject.redStuff else {
            return finding(.fails, "registered with the encoding \(object.encodingType) instead of RS2")
        }
        guard object.certifiedEpoch != nil else {
            return finding(.fails, "registered on \(chain), but never certified")
        }
        guard epoch < object.endEpoch else {
            return finding(.fails, "it ended with epoch \(object.endEpoch); it is epoch \(epoch) now")
        }
        let end = "until epoch \(object.endEpoch) (about \(day(of: object.endEpoch, in: epoch)))"
        let keeping =
            object.isDeletable ? "though its owner may delete it" : "and nobody can delete it before"
        return finding(.holds, "registered and certified on \(chain) \(end), \(keeping)")
    }

    /// In the middle of the time in which the epoch can begin: nobody knows how far the present one has come.
    private func day(of end: Int, in epoch: Int) -> String {
        let epochs = Double(end - epoch) - 0.5
        let date = now.addingTimeInterval(epochs * (sui.network.epochLength / .seconds(1)))
        return date.formatted(.iso8601.year().month().day())
    }

    private var chain: String { "Sui \(sui.network.name)" }

    private func finding(_ verdict: Finding.Verdict, _ text: String) -> Finding {
        Finding(verdict, by: "\(chain), through \(sui.network.graphQL)", text)
    }

    private func unchecked(_ reason: String) -> Finding {
        finding(.unchecked, "not checked on \(chain), because \(reason)")
    }

    /// Addresses are numbers: zeros that lead mean nothing.
    private static func isBlob(_ type: String, in package: String) -> Bool {
        let parts = type.split(separator: ":", maxSplits: 1)
        return parts.count == 2 && number(parts[0]) == number(package[...])
            && BlobObject.typeNames.contains(String(parts[1].dropFirst()))
    }

    private static func number(_ address: Substring) -> Substring {
        Substring(address.lowercased()).dropFirst(2).drop { $0 == "0" }
    }
}
