/// Font sizes in pixels.
///
/// A phone scales a picture down to about a third.
enum TextSize {
    static let title = 46.0
    static let subtitle = 28.0
    static let heading = 29.0
    static let label = 28.0
    /// The smallest readable size.
    static let smallest = 22.0
}
