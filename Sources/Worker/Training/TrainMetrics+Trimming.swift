package import Contract

extension TrainMetrics {
    /// How many of the most important features remain in trimmed metrics.
    package static let maxTrimmedFeatures = 100

    /// How many sentences about the reading remain in trimmed metrics.
    private static let maxTrimmedSentences = 20

    /// Drops most sentences about the reading, then the less important features, then the confusion matrix, until the
    /// JSON of the metrics has at most `limit` bytes.
    ///
    /// The result may still be larger. The receipt always has all metrics.
    package func trimmed(toBytes limit: Int) throws -> TrainMetrics {
        var metrics = self
        if try Wire.encode(metrics).count > limit {
            metrics.reading = reading.map { Array($0.prefix(Self.maxTrimmedSentences)) }
        }
        if try Wire.encode(metrics).count > limit {
            metrics.importance = Array(importance.prefix(Self.maxTrimmedFeatures))
        }
        if try Wire.encode(metrics).count > limit { metrics.confusion = [] }
        return metrics
    }
}
