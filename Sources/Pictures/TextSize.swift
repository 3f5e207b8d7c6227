/// Font sizes in pixels.
///
/// A phone shows a picture at about a third of its width in pixels.
enum TextSize {
    static let title = 46.0
    static let subtitle = 28.0
    static let heading = 29.0
    static let label = 28.0
    /// The smallest readable size.
    static let smallest = 22.0
}
