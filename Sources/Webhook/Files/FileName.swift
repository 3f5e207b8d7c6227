/// The name under which a posted file is shown and saved.
enum FileName {
    /// The longest name, in characters.
    private static let longest = 100

    /// The last part of the name that the sender gave, without characters that have an effect on a screen or a disk; a name
    /// made from the type if nothing is left.
    static func make(_ given: String?, type: FileType) -> String {
        let last = (given ?? "").split(whereSeparator: { "/\\".contains($0) }).last ?? ""
        let visible = String(String.UnicodeScalarView(last.unicodeScalars.filter(isVisible)))
        let name = visible.drop { $0 == "." || $0.isWhitespace }
        let end = name.lastIndex { !$0.isWhitespace }
        guard let end else { return "attachment.\(type.fileExtension)" }
        return shortened(name[...end])
    }

    /// Control characters, among them those that turn the direction of a line, are not visible.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
            false
        default: true
        }
    }

    /// Keeps the extension of a name that is too long.
    private static func shortened(_ name: Substring) -> String {
        guard name.count > longest else { return String(name) }
        guard let dot = name.lastIndex(of: "."), name[dot...].count <= 12 else {
            return String(name.prefix(longest))
        }
        return "\(name.prefix(longest - name[dot...].count))\(name[dot...])"
    }
}
