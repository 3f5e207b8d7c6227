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

    /// Compares `blob` with its object: that at `address`, else those of its last certifications, of which one must hold.
    ///
    /// Where the chain cannot be asked, or nothing is known of the blob, the finding says so.
    package func finding(on blob: StoredBlob, object address: String? = nil) async throws -> Finding {
        do {
            let (package, epoch) = try await sui.system()
            guard let address else { return try await search(blob, package: package, epoch: epoch) }
            return try await look(at: address, for: blob, package: package, epoch: epoch)
        } catch let error as SuiError {
            return unchecked("\(error)")
        }
    }

    /// How many pages of certifications are looked through, of every blob that there is.
    private static let pages = 20

    /// Looks through the last certifications; where none holds, the latest tells why.
    ///
    /// Anybody may certify a blob, just now and for a short time: that hides no other certification.
    private func search(_ blob: StoredBlob, package: String, epoch: Int) async throws -> Finding {
        var best: Finding?
        var seen: Set<String> = []
        var cursor: String?
        for _ in 0..<Self.pages {
            let page = try await sui.certifications(of: blob.id, package: package, before: cursor)
            for address in page.objects where seen.insert(address).inserted {
                let finding = try await look(at: address, for: blob, package: package, epoch: epoch)
                if finding.verdict == .holds { return finding }
                // Of an object that is gone nothing can be said.
                if best?.registration == nil, best == nil || finding.registration != nil { best = finding }
            }
            guard let next = page.next else { break }
            cursor = next
        }
        return best
            ?? unchecked("no object is named, and none of the last certifications is of this blob")
    }

    private func look(at address: String, for blob: StoredBlob, package: String, epoch: Int) async throws
        -> Finding
    {
        do {
            let (type, object) = try await sui.object(address)
            guard let object, Self.isBlob(type, in: package) else {
                return finding(
                    .fails,
                    "the object \(address) on \(chain) is no blob of Walrus, but a \(type)"
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
            return finding(.fails, "there is no object \(missing) on \(chain)")
        }
    }

    private func judge(_ object: BlobObject, at address: String, blob: StoredBlob, epoch: Int) -> Finding {
        guard object.blobID == blob.id.decimal else {
            return finding(.fails, "the object \(address) on \(chain) is of another blob, \(object.blobID)")
        }
        guard object.size == blob.size else {
            return finding(
                .fails,
                "registered on \(chain) with \(object.size) bytes, but there are \(blob.size)"
            )
        }
        guard object.encodingType == BlobObject.redStuff else {
            return finding(
                .fails,
                "registered on \(chain) with the encoding \(object.encodingType) instead of RS2"
            )
        }
        guard object.certifiedEpoch != nil else {
            return finding(.fails, "registered on \(chain), but never certified")
        }
        guard epoch < object.endEpoch else {
            return finding(
                .fails,
                "on \(chain) it ended with epoch \(object.endEpoch); it is epoch \(epoch) now"
            )
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
