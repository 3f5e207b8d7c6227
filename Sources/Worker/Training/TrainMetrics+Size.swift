package import Contract

extension TrainMetrics {
    /// How many features stay where there are too many to tell.
    package static let mostImportant = 100

    /// The same metrics in at most `limit` bytes of JSON, as far as leaving out minor features, then the confusion
    /// matrix, can do that; the receipt always has all of it.
    package func fitting(_ limit: Int) throws -> TrainMetrics {
        var metrics = self
        if try Wire.encode(metrics).count > limit {
            metrics.importance = Array(importance.prefix(Self.mostImportant))
        }
        if try Wire.encode(metrics).count > limit { metrics.confusion = [] }
        return metrics
    }
}
