import Contract
import Walrus

/// A verify job: its result is a report, also if something in the report fails.
struct VerifyWork: Sendable {
    let arguments: VerifyArguments
    let walrus: BlobClient
    /// Nil: no chain is configured.
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
            noChain: "this bot has no chain configured",
            // A chat has no option to skip the chain, as the terminal has with --no-chain.
            needsChain: false
        ) { [queue] step in
            queue.addBytesMoved(step)
            guard case .computingID(let fraction) = step else { return }
            queue.add(.progress(fraction: fraction, note: "computing the ID"))
        }
        return Verification(
            verifier: verifier,
            folder: folder,
            files: .init(noFile: "the bot has no file of it"),
            repeatsTraining: true
        ) { [queue] parameters in
            queue.add(.log(line: "training again with \(parameters)"))
            let reporter = TrainingReporter(in: nil, queue: queue)
            return { reporter.report($0) }
        }
    }
}
