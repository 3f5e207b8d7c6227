/// The time and memory of a training; the only part of a report that differs between equal trainings.
package struct TrainingCost: Codable, Equatable, Sendable {
    /// Seconds from bytes to columns.
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
