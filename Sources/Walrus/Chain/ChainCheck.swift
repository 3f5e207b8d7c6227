package import Contract
package import Foundation

/// Checks the registration of a blob on the chain, after its ID was computed from its bytes.
///
/// It trusts the GraphQL endpoint and does not verify any proofs of the chain.
package struct ChainCheck: Sendable {
    private let sui: SuiClient
    private let now: Date

    package init(_ sui: SuiClient, now: Date = Date()) {
        self.sui = sui
        self.now = now
    }

    /// Compares `blob` with its object on the chain.
    ///
    /// That is the object at `address`. If `address` is nil, the objects of the latest certifications of the blob are
    /// compared, and one valid object is enough.
    ///
    /// The verdict is `unchecked` if the chain cannot be queried, or if `address` is nil and none of the latest
    /// certifications is for the blob.
    package func finding(on blob: StoredBlob, object address: String? = nil) async throws -> Finding {
        do {
            let (package, epoch) = try await sui.system()
            guard let address else { return try await search(blob, package: package, epoch: epoch) }
            return try await check(address, for: blob, package: package, epoch: epoch)
        } catch let error as SuiError {
            return unchecked("\(error)")
        }
    }

    /// The largest number of pages that are searched.
    ///
    /// A page has up to 50 certifications, of this blob and of other blobs.
    private static let pages = 20

    /// Searches the latest certifications of the blob for a valid object.
    ///
    /// If there is none, returns the finding on the latest object that still exists; if none exists, the finding on the
    /// latest object.
    ///
    /// The latest certification alone is not enough. Anybody can certify the blob again for a short time, and an
    /// earlier certification may last longer.
    private func search(_ blob: StoredBlob, package: String, epoch: Int) async throws -> Finding {
        var best: Finding?
        var seen: Set<String> = []
        var cursor: String?
        for _ in 0..<Self.pages {
            let page = try await sui.certifications(of: blob.id, package: package, before: cursor)
            for address in page.objects where seen.insert(address).inserted {
                let finding = try await check(address, for: blob, package: package, epoch: epoch)
                if finding.verdict == .holds { return finding }
                // A deleted object says nothing about the registration, so the finding on another object is better.
                if best?.registration == nil, best == nil || finding.registration != nil { best = finding }
            }
            guard let next = page.next else { break }
            cursor = next
        }
        return best
            ?? unchecked("no object address is given, and none of the latest certifications is for this blob")
    }

    private func check(_ address: String, for blob: StoredBlob, package: String, epoch: Int) async throws
        -> Finding
    {
        do {
            let (type, object) = try await sui.object(address)
            guard let object, Self.isBlob(type, in: package) else {
                return finding(
                    .fails,
                    "the object \(address) on \(chain) is not a Walrus blob: its type is \(type)"
                )
            }
            var finding = judge(object, at: address, blob: blob, epoch: epoch)
            if object.blobID == blob.id.decimal {
                finding.registration = Finding.Registration(
                    object: address,
                    certified: object.certifiedEpoch != nil,
                    deletable: object.isDeletable,
                    endEpoch: object.endEpoch,
                    endDate: day(of: object.endEpoch, in: epoch)
                )
            }
            return finding
        } catch SuiError.noObject(let missing) where missing == address {
            return finding(.fails, "\(chain) has no object \(missing)")
        }
    }

    private func judge(_ object: BlobObject, at address: String, blob: StoredBlob, epoch: Int) -> Finding {
        guard object.blobID == blob.id.decimal else {
            return finding(
                .fails,
                "the object \(address) on \(chain) belongs to another blob, \(object.blobID)"
            )
        }
        guard object.size == blob.size else {
            return finding(
                .fails,
                "registered on \(chain) with \(object.size) bytes, but the blob has \(blob.size)"
            )
        }
        guard object.encodingType == BlobObject.redStuff else {
            return finding(
                .fails,
                "registered on \(chain) with the encoding \(object.encodingType) instead of RS2"
            )
        }
        guard object.certifiedEpoch != nil else {
            return finding(.fails, "registered on \(chain), but not certified")
        }
        guard epoch < object.endEpoch else {
            return finding(
                .fails,
                "expired on \(chain) at epoch \(object.endEpoch); the current epoch is \(epoch)"
            )
        }
        let end = "until epoch \(object.endEpoch) (about \(day(of: object.endEpoch, in: epoch)))"
        let persistence =
            object.isDeletable ? "though its owner may delete it" : "and nobody can delete it before"
        return finding(.holds, "registered and certified on \(chain) \(end), \(persistence)")
    }

    /// The estimated day on which epoch `end` begins.
    ///
    /// The current epoch is assumed to be half over, since its start is unknown.
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

    /// Compares package addresses as numbers, because leading zeros have no meaning.
    private static func isBlob(_ type: String, in package: String) -> Bool {
        let parts = type.split(separator: ":", maxSplits: 1)
        return parts.count == 2 && number(parts[0]) == number(package[...])
            && BlobObject.typeNames.contains(String(parts[1].dropFirst()))
    }

    private static func number(_ address: Substring) -> Substring {
        Substring(address.lowercased()).dropFirst(2).drop { $0 == "0" }
    }
}
