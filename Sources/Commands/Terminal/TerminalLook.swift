/// What a terminal, or the pipe in its place, can show.
package struct TerminalLook: Equatable, Sendable {
    /// Whether a person reads and types, so that there is a prompt and buttons have numbers.
    package var isInteractive: Bool
    /// Whether text that was shown can be replaced.
    package var redraws: Bool
    /// Whether there are bold text and colours.
    package var hasStyles: Bool

    /// Lines for another program: nothing is wrapped.
    package static let pipe = TerminalLook(isInteractive: false, redraws: false, hasStyles: false)
    /// A terminal that shows lines only.
    package static let dumb = TerminalLook(isInteractive: true, redraws: false, hasStyles: false)

    /// A terminal in which a line is edited; without styles if `NO_COLOR` is set (no-color.org).
    package static func editor(environment: [String: String]) -> TerminalLook {
        let hasStyles = environment["NO_COLOR"].map(\.isEmpty) ?? true
        return TerminalLook(isInteractive: true, redraws: true, hasStyles: hasStyles)
    }
}
