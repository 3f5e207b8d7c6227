import Contract
import Walrus

/// A job that verifies a blob.
///
/// If the blob is a receipt, the job also verifies the files that the receipt names, and repeats the training.
///
/// The job completes with a report even if a check in the report fails.
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
        let report = try await verification.report(
            on: arguments.blob,
            as: arguments.run == nil ? "blob" : "receipt"
        )
        for line in report.lines { queue.add(.log(line: line)) }
        return .verified(report: report)
    }

    private var verification: Verification {
        let verifier = BlobVerifier(
            walrus: walrus,
            chain: chain,
            noChain: "this bot has no chain configured",
            // The terminal has --no-chain to skip the chain. A chat has no such option, so the chain is optional.
            needsChain: false
        ) { [queue] step in
            queue.addBytesMoved(step)
            guard case .computingID(let fraction) = step else { return }
            queue.add(.progress(fraction: fraction, note: "computing the ID"))
        }
        return Verification(
            verifier: verifier,
            folder: folder,
            files: .init(noFile: "the bot has no copy of the file"),
            repeatsTraining: true
        ) { [queue] parameters in
            queue.add(.log(line: "training again with \(parameters)"))
            let reporter = TrainingReporter(in: nil, queue: queue)
            return { reporter.report($0) }
        }
    }
}
