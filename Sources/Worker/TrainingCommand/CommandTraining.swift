import Contract
import Foundation
import Walrus

/// Trains with the owner's training command: prepares the command's input folder, and reads the command's output
/// folder.
///
/// The folder `in` holds the dataset as `dataset.csv` and the settings as `parameters.json`. In the folder `out`, the
/// command leaves one model file, see ``ModelFileName``, and optionally `metrics.json`: an object of names and numbers.
struct CommandTraining: Sendable {
    struct Result: Sendable {
        /// The path of the model file.
        let model: String
        let metrics: TrainMetrics
    }

    let command: TrainingCommand
    let parameters: TrainParameters

    /// Runs the command on the file at `dataset`, in `folder`.
    func run(
        dataset: String,
        in folder: WorkFolder,
        onLine: @escaping @Sendable (TrainingCommand.Line) -> Void
    ) async throws -> Result {
        let files = FileManager.default
        for name in ["in", "out"] {
            try files.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
        }
        let target = URL(filePath: dataset).absoluteURL.path(percentEncoded: false)
        try files.createSymbolicLink(atPath: folder.file("in/dataset.csv"), withDestinationPath: target)
        try folder.write(try Wire.encode(parameters), to: "in/parameters.json")
        return try await BackgroundWork.run { [self] isCancelled in
            try command.run(in: folder, isCancelled: isCancelled, onLine: onLine)
            return Result(
                model: try model(in: folder.file("out")),
                metrics: try metrics(in: folder.file("out"), onLine)
            )
        }
    }

    /// The path of the only regular file in `folder` that is named like a model.
    private func model(in folder: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { name in
            ModelFileName.matches(name)
                && (try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.type]
                    as? FileAttributeType)
                    == .typeRegular
        }
        guard let name = names.first else { throw TrainingCommandError.noModel }
        guard names.count == 1 else { throw TrainingCommandError.manyModels(names) }
        return "\(folder)/\(name)"
    }

    private struct Value: Decodable {
        /// Nil if the value is not a number.
        let number: Double?

        init(from decoder: any Decoder) throws {
            number = try? decoder.singleValueContainer().decode(Double.self)
        }
    }

    private func metrics(in folder: String, _ onLine: (TrainingCommand.Line) -> Void) throws -> TrainMetrics {
        guard let json = FileManager.default.contents(atPath: "\(folder)/metrics.json") else {
            return TrainMetrics(figures: [])
        }
        guard let values = try? Wire.decode([String: Value].self, from: json) else {
            throw TrainingCommandError.wrongMetrics
        }
        let sorted = values.sorted { $0.key < $1.key }
        for (name, value) in sorted where value.number == nil {
            onLine(.log("metrics.json: \"\(name)\" is not a number and is ignored"))
        }
        return TrainMetrics(
            figures: sorted.compactMap { name, value in value.number.map { .init(name: name, value: $0) } }
        )
    }
}
