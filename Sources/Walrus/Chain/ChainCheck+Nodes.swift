import Contract

extension ChainCheck {
    /// The finding of storage nodes on a blob whose certification the chain did not tell.
    ///
    /// `epoch` is the current epoch; nil if the chain did not tell it. The result is nil if no more than half of the
    /// nodes that were asked say the same.
    func finding(by nodes: StorageNodes, on blob: StoredBlob, epoch: Int?) async -> Finding? {
        let testimony = await nodes.testimony(on: blob.id)
        if let hosts = testimony.majority(\.isCertified) {
            return certified(testimony, by: hosts, epoch: epoch)
        }
        let others: [(NodeStatus, String)] = [
            (.registered, "registered, but not certified"),
            (.invalid, "marked as invalid: it was encoded wrongly"),
            (.nonexistent, "not on Walrus, or not any more"),
        ]
        for (status, words) in others {
            guard let hosts = testimony.majority({ $0 == status }) else { continue }
            return finding(.fails, "the blob is \(words)", testimony, by: hosts)
        }
        return nil
    }

    private func certified(
        _ testimony: StorageNodes.Testimony,
        by hosts: [String],
        epoch: Int?
    ) -> Finding {
        // Nodes that saw an extension later than others name an earlier end, which is the safe one.
        guard let end = testimony.answers.compactMap(\.status.end).min() else {
            return finding(
                .holds,
                "registered and certified, though its owner may delete it at any time",
                testimony,
                by: hosts
            )
        }
        guard let epoch else {
            return finding(.holds, "registered and certified until epoch \(end)", testimony, by: hosts)
        }
        guard epoch < end else {
            return finding(
                .fails,
                "expired at epoch \(end); the current epoch is \(epoch)",
                testimony,
                by: hosts
            )
        }
        let day = day(of: end, in: epoch)
        return finding(
            .holds,
            "registered and certified until epoch \(end) (about \(day))",
            testimony,
            by: hosts
        )
    }

    /// Says who said it: the nodes, and not the chain.
    private func finding(
        _ verdict: Finding.Verdict,
        _ text: String,
        _ testimony: StorageNodes.Testimony,
        by hosts: [String]
    ) -> Finding {
        let witnesses = "\(hosts.count) of \(testimony.asked) storage nodes of Walrus"
        return Finding(
            verdict,
            by: "storage nodes of Walrus: \(hosts.joined(separator: ", "))",
            "\(text), say \(witnesses); the latest certifications on \(chain) do not tell"
        )
    }
}

extension NodeStatus {
    fileprivate var isCertified: Bool { if case .certified = self { true } else { false } }
    fileprivate var end: Int? { if case .certified(let end) = self { end } else { nil } }
}
