package import Contract
package import Foundation

/// Checks the registration of a blob on the chain, after its ID was computed from its bytes.
///
/// It trusts the GraphQL endpoint and does not verify any proofs of the chain. If the chain's events do not tell about
/// the blob, storage nodes of Walrus are asked as a second witness.
package struct ChainCheck: Sendable {
    let sui: SuiClient
    private let now: Date

    package init(_ sui: SuiClient, now: Date = Date()) {
        self.sui = sui
        self.now = now
    }

    /// Compares `blob` with its object on the chain.
    ///
    /// That is the object at `address`. If `address` is nil, the objects of the latest certifications of the blob are
    /// compared, and one valid object is enough; if there is none, storage nodes tell the blob's status.
    ///
    /// The verdict is `unchecked` if the chain cannot be queried, or if `address` is nil and neither the latest
    /// certifications nor the storage nodes tell about the blob.
    package func finding(on blob: StoredBlob, object address: String? = nil) async throws -> Finding {
        do {
            let system = try await sui.system()
            if let address { return try await check(address, for: blob, in: system) }
            if let finding = try await search(blob, in: system) { return finding }
            let silence = unchecked(
                "no object address is given, and none of the latest certifications is for this blob"
            )
            let nodes = try await sui.storageNodes(system.nodes)
            return await finding(by: nodes, on: blob, epoch: system.epoch) ?? silence
        } catch let error as SuiError {
            let silence = unchecked("\(error)")
            guard address == nil, !sui.network.nodes.isEmpty else { return silence }
            let nodes = StorageNodes(nodes: sui.network.nodes, http: sui.http)
            return await finding(by: nodes, on: blob, epoch: nil) ?? silence
        }
    }

    /// The largest number of pages that are searched.
    ///
    /// A page has up to 50 certifications of each kind, of this blob and of other blobs.
    private static let pages = 20

    /// Searches the latest certifications of the blob for a valid object.
    ///
    /// If there is none, returns the finding on the latest object that still exists; if none exists, the finding on the
    /// latest object; nil if no certification is for this blob.
    ///
    /// The latest certification alone is not enough. Anybody can certify the blob again for a short time, and an
    /// earlier certification may last longer.
    private func search(_ blob: StoredBlob, in system: SuiClient.System) async throws -> Finding? {
        var best: Finding?
        var seen: Set<String> = []
        var search = CertificationSearch(of: blob.id, packages: system.packages, by: sui)
        for _ in 0..<Self.pages {
            guard let objects = try await search.next() else { break }
            for address in objects where seen.insert(address).inserted {
                let finding = try await check(address, for: blob, in: system)
                if finding.verdict == .holds { return finding }
                // A deleted object says nothing about the registration, so the finding on another object is better.
                if best?.registration == nil, best == nil || finding.registration != nil { best = finding }
            }
        }
        return best
    }

    private func check(
        _ address: String,
        for blob: StoredBlob,
        in system: SuiClient.System
    ) async throws -> Finding {
        do {
            let (type, object) = try await sui.object(address)
            guard let kind = system.packages.kind(of: type) else { return stranger(address, type, system) }
            guard let object, object.isPooled == (kind == .pooledBlob) else {
                return finding(
                    .fails,
                    "the object \(address) on \(chain) is not a Walrus blob: its type is \(type)"
                )
            }
            guard let end = try await endEpoch(of: object) else {
                return unchecked("the storage pool of the object \(address) cannot be read")
            }
            var finding = judge(object, at: address, blob: blob, end: end, epoch: system.epoch)
            if object.blobID == blob.id.decimal {
                finding.registration = Finding.Registration(
                    object: address,
                    certified: object.certifiedEpoch != nil,
                    deletable: object.isDeletable,
                    endEpoch: end,
                    endDate: day(of: end, in: system.epoch)
                )
            }
            return finding
        } catch SuiError.noObject(let missing) where missing == address {
            return finding(.fails, "\(chain) has no object \(missing)")
        }
    }

    /// The finding on an object whose type is none of Walrus' known types.
    private func stranger(_ address: String, _ type: String, _ system: SuiClient.System) -> Finding {
        if WalrusPackages.isNamedPooledBlob(type), system.packages.pools == nil {
            return unchecked(
                "the chain does not say whether the package of the object \(address) is Walrus': its type is \(type)"
            )
        }
        return finding(.fails, "the object \(address) on \(chain) is not a Walrus blob: its type is \(type)")
    }

    private func endEpoch(of object: BlobObject) async throws -> Int? {
        switch object.term {
        case .epoch(let end): end
        case .pool(let pool): try await sui.endEpoch(ofPool: pool)
        }
    }
}

// MARK: Findings

extension ChainCheck {
    private func judge(
        _ object: BlobObject,
        at address: String,
        blob: StoredBlob,
        end: Int,
        epoch: Int
    ) -> Finding {
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
        guard epoch < end else {
            return finding(.fails, "expired on \(chain) at epoch \(end); the current epoch is \(epoch)")
        }
        let term = "until epoch \(end) (about \(day(of: end, in: epoch)))"
        let pool = object.isPooled ? ", as long as its storage pool" : ""
        let persistence =
            object.isDeletable ? "though its owner may delete it" : "and nobody can delete it before"
        return finding(.holds, "registered and certified on \(chain) \(term)\(pool), \(persistence)")
    }

    /// The estimated day on which epoch `end` begins.
    ///
    /// The current epoch is assumed to be half over, since its start is unknown.
    func day(of end: Int, in epoch: Int) -> String {
        let epochs = Double(end - epoch) - 0.5
        let date = now.addingTimeInterval(epochs * (sui.network.epochLength / .seconds(1)))
        return date.formatted(.iso8601.year().month().day())
    }

    var chain: String { "Sui \(sui.network.name)" }

    private func finding(_ verdict: Finding.Verdict, _ text: String) -> Finding {
        Finding(verdict, by: "\(chain), through \(sui.network.graphQL)", text)
    }

    private func unchecked(_ reason: String) -> Finding {
        finding(.unchecked, "not checked on \(chain), because \(reason)")
    }
}
