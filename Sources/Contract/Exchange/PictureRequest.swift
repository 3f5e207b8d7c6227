/// The JSON document that `okai-picture` reads: the result of a training, and the titles above its chart.
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
