/// The colours of the pictures.
///
/// Each picture has its own background, so that it is readable in light and dark themes.
struct Colour {
    var red: Double
    var green: Double
    var blue: Double

    static let paper = Colour(hex: 0xFAFA_F7)
    static let ink = Colour(hex: 0x1C24_2B)
    static let faint = Colour(hex: 0x5F6B_76)
    static let line = Colour(hex: 0xD9DD_E0)
    static let accent = Colour(hex: 0x0B6E_8F)
    static let right = Colour(hex: 0x0B6E_8F)
    static let wrong = Colour(hex: 0xC74B_2A)

    private init(hex: UInt32) {
        self.init(
            red: Double(hex >> 16 & 255) / 255,
            green: Double(hex >> 8 & 255) / 255,
            blue: Double(hex & 255) / 255
        )
    }

    private init(red: Double, green: Double, blue: Double) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// Mixes this colour with the paper colour: `share` 1 gives this colour, and 0 gives the paper colour.
    func fading(to share: Double) -> Colour {
        func mix(_ own: Double, _ other: Double) -> Double { other + (own - other) * min(max(share, 0), 1) }
        return Colour(
            red: mix(red, Self.paper.red),
            green: mix(green, Self.paper.green),
            blue: mix(blue, Self.paper.blue)
        )
    }
}
