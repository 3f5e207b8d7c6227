/// The time and memory of a training, and the size of the model's file.
///
/// If a training is repeated with the same data and settings, only this part of the report may differ.
package struct TrainingCost: Codable, Equatable, Sendable {
    /// Seconds of reading the table.
    package var read = 0.0
    /// Seconds of training.
    package var fit = 0.0
    /// Seconds of evaluation.
    package var measure = 0.0
    /// The peak memory of the process, in bytes.
    package var peakMemory = 0
    /// The size of the model's file, in bytes.
    package var modelSize = 0

    package init() {}
}
