import Contract
import Walrus

/// A job that looks at a blob: makes a card of its size, its kind of content, and its registration on the chain.
struct LookWork: Sendable {
    /// The longest wait for the chain; it is short, because a chat is waiting for the card.
    private static let chainTime = Duration.seconds(15)

    let arguments: LookArguments
    let walrus: BlobClient
    /// Nil if no chain is configured.
    let chain: ChainCheck?
    let folder: WorkFolder
    let clock: any Clock<Duration>

    func run() async throws -> Outcome {
        let path = folder.file("blob")
        let blob = try await walrus.fetch(arguments.blob, to: path)
        var card = try await BackgroundWork.run { isCancelled in
            try ContentSniffer.card(of: blob, at: path, isCancelled: isCancelled)
        }
        card.registration = try await registration(of: blob)
        return .looked(card: card)
    }

    /// The registration, or a note that the chain did not answer in time; nil if no chain is configured.
    private func registration(of blob: StoredBlob) async throws -> BlobCard.Registration? {
        guard let chain else { return nil }
        return try await withThrowingTaskGroup(of: BlobCard.Registration.self) { group in
            group.addTask { BlobCard.Registration(try await chain.finding(on: blob)) }
            group.addTask {
                try await clock.sleep(for: Self.chainTime)
                return BlobCard.Registration(holds: nil, text: "the chain did not answer in time")
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}

extension BlobCard.Registration {
    fileprivate init(_ finding: Finding) {
        let holds: Bool? =
            switch finding.verdict {
            case .holds: true
            case .fails: false
            case .unchecked: nil
            }
        self.init(holds: holds, text: finding.text)
    }
}
