/// Heights of letters in pixels: on a phone a picture is about a third as wide as it is drawn.
enum TextSize {
    static let title = 46.0
    static let subtitle = 28.0
    static let heading = 29.0
    static let label = 28.0
    /// Where there is little room.
    static let smallest = 22.0
}
