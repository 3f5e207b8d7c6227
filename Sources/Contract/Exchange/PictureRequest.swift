/// What `okai-picture` reads: a result to be drawn, and the words above it.
package struct PictureRequest: Codable, Equatable, Sendable {
    package var title: String
    package var subtitle: String
    package var metrics: TrainMetrics

    package init(title: String, subtitle: String, metrics: TrainMetrics) {
        self.title = title
        self.subtitle = subtitle
        self.metrics = metrics
    }
}
