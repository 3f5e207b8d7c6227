import Contract
import Foundation
import Walrus

/// A training by the owner's own command: its folders filled before, and emptied after.
///
/// `in` holds the dataset as `dataset.csv` and what was asked for as `parameters.json`. In `out` the command leaves
/// one file called `model`, with whatever suffix, and may leave `metrics.json`: names and numbers; texts are left out.
struct OwnTraining: Sendable {
    struct Result: Sendable {
        /// The path of the model file.
        let model: String
        let metrics: TrainMetrics
    }

    let command: OwnCommand
    let parameters: TrainParameters

    /// Runs the command on the file at `dataset`, in `folder`.
    func run(
        dataset: String,
        in folder: WorkFolder,
        onLine: @escaping @Sendable (OwnCommand.Line) -> Void
    ) async throws -> Result {
        let files = FileManager.default
        for name in ["in", "out"] {
            try files.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
        }
        let place = URL(filePath: dataset).absoluteURL.path(percentEncoded: false)
        try files.createSymbolicLink(atPath: folder.file("in/dataset.csv"), withDestinationPath: place)
        try write(try Wire.encode(parameters), to: folder.file("in/parameters.json"))
        return try await BackgroundWork.run { [self] isCancelled in
            try command.run(in: folder, isCancelled: isCancelled, onLine: onLine)
            return Result(
                model: try model(in: folder.file("out")),
                metrics: try metrics(in: folder.file("out"), onLine)
            )
        }
    }

    private func model(in folder: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { name in
            ModelName.isOne(name)
                && (try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.type]
                    as? FileAttributeType)
                    == .typeRegular
        }
        guard let name = names.first else { throw OwnCommandError.noModel }
        guard names.count == 1 else { throw OwnCommandError.manyModels(names) }
        return "\(folder)/\(name)"
    }

    private struct Value: Decodable {
        /// Nil where it is something else.
        let number: Double?

        init(from decoder: any Decoder) throws {
            number = try? decoder.singleValueContainer().decode(Double.self)  // nil says so
        }
    }

    private func metrics(in folder: String, _ onLine: (OwnCommand.Line) -> Void) throws -> TrainMetrics {
        guard let json = FileManager.default.contents(atPath: "\(folder)/metrics.json") else {
            return TrainMetrics(figures: [])
        }
        guard let values = try? Wire.decode([String: Value].self, from: json) else {
            throw OwnCommandError.wrongMetrics
        }
        let sorted = values.sorted { $0.key < $1.key }
        for (name, value) in sorted where value.number == nil {
            onLine(.log("metrics.json: \"\(name)\" is no number, and left out"))
        }
        return TrainMetrics(
            figures: sorted.compactMap { name, value in value.number.map { .init(name: name, value: $0) } }
        )
    }
}
