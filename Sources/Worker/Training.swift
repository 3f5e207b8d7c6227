import Contract
import Crypto
import Foundation
import Glibc
import Trainer
import Walrus

/// One training on a file, with or without a bot: from a CSV to a model file and what is to be said of it.
struct Training: Sendable {
    struct Result: Sendable {
        let report: Report
        let dataset: FileIdentity
        let model: FileIdentity
    }

    let parameters: TrainParameters

    /// Trains on the CSV at `path` and writes the model to `modelPath`, away from the cooperative threads.
    func run(
        csv path: String,
        modelPath: String,
        onStep: @escaping @Sendable (TrainingStep) -> Void
    ) async throws -> Result {
        let (learning, checks) = (LearningParameters(parameters), ExtraChecks(parameters))
        return try await BackgroundWork.run { isCancelled in
            let file = try MappedFile(path: path)
            return try file.withBytes { bytes in
                let dataset = FileIdentity(sha256: Self.sha256(of: file), id: nil, size: bytes.count)
                let trainer = ModelTrainer(
                    learning,
                    checks: checks,
                    threads: ProcessInfo.processInfo.activeProcessorCount,
                    datasetSHA256: dataset.sha256
                )
                let trained = try trainer.train(
                    csv: bytes,
                    isCancelled: isCancelled,
                    onStep: onStep,
                    onPassed: { file.letGo(of: $0) }
                )
                let model = try Self.write(trained.model, to: modelPath)
                var report = trained.report
                report.cost.modelSize = model.size
                report.cost.peakMemory = Self.peakMemory()
                return Result(report: report, dataset: dataset, model: model)
            }
        }
    }

    private static func write(_ model: Model, to path: String) throws -> FileIdentity {
        let file = try PartialFile(for: path)
        var hash = SHA256()
        try model.writeONNX { bytes in
            hash.update(data: bytes)
            try file.append(bytes)
        }
        try file.keep()
        return FileIdentity(sha256: hash.finalize().hexadecimal, id: nil, size: file.size)
    }

    /// A part of the file at a time, so that no more of it is in memory.
    private static func sha256(of file: MappedFile) -> String {
        var hash = SHA256()
        file.withBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: part) {
                let range = start..<min(start + part, bytes.count)
                bytes.extracting(range).withUnsafeBytes { hash.update(bufferPointer: $0) }
                file.letGo(of: range)
            }
        }
        return hash.finalize().hexadecimal
    }

    private static let part = 4 << 20

    private static func peakMemory() -> Int {
        var usage = rusage()
        return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss << 10 : 0
    }
}

extension Digest {
    fileprivate var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
