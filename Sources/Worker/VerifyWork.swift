import Contract
import Walrus

/// A verification for the bot: what does not hold is its result, and no failure.
struct VerifyWork: Sendable {
    let arguments: VerifyArguments
    let walrus: WalrusGate
    /// Nil: none is configured.
    let chain: ChainCheck?
    let folder: WorkFolder
    let queue: EventQueue

    func run() async throws -> Outcome {
        queue.add(.phase(name: .checking))
        queue.add(.log(line: "verifying \(arguments.blob)"))
        let report = try await verification.report(on: arguments.blob)
        for line in report.lines { queue.add(.log(line: line)) }
        return .verified(report: report)
    }

    private var verification: Verification {
        let verifier = BlobVerifier(
            walrus: walrus,
            chain: chain,
            noChain: "this bot asks none",
            // People who ask in a chat cannot leave the chain out.
            needsChain: false
        ) { [queue] step in
            switch step {
            case .transferred(let bytes, of: let total?) where total > 0:
                queue.add(.progress(fraction: Double(bytes) / Double(total), note: nil))
            case .computingID(let fraction):
                queue.add(.progress(fraction: fraction, note: "computing the ID"))
            case .transferred: break
            }
        }
        return Verification(
            verifier: verifier,
            folder: folder,
            files: .init(lack: "I have no file of it"),
            trainsAgain: true
        ) { [queue] parameters in
            queue.add(.log(line: "training again with \(parameters)"))
            let story = TrainingStory(parameters.model, in: nil, queue: queue)
            return { story.tell($0) }
        }
    }
}
