/// Formatted text of a message.
///
/// Every message that the bot sends has its text as `HTMLText`, so that text from people is always escaped.
///
/// The text is a list of runs, so that it can be split at any position. Each run has one style and may be inside a
/// quote.
package struct HTMLText: Codable, Equatable, Sendable {
    package enum Style: Codable, Equatable, Sendable {
        case plain, bold, italic, code
        /// A block in a fixed-width font, with syntax highlighting if `language` is set.
        case block(language: String?)
    }

    package enum Quote: String, Codable, Sendable {
        case open, expandable
    }

    package struct Run: Codable, Equatable, Sendable {
        package var text: String
        package var style: Style
        package var quote: Quote?
        /// The URL that the text links to.
        package var link: String?
    }

    package private(set) var runs: [Run]

    package init(_ runs: [Run] = []) {
        self.runs = runs
    }

    package static func plain(_ text: String) -> HTMLText { make(text, .plain) }
    package static func bold(_ text: String) -> HTMLText { make(text, .bold) }
    package static func italic(_ text: String) -> HTMLText { make(text, .italic) }
    package static func code(_ text: String) -> HTMLText { make(text, .code) }
    package static func block(_ text: String, language: String? = nil) -> HTMLText {
        make(text, .block(language: language))
    }

    /// A text in this style.
    package static func styled(_ text: String, _ style: Style) -> HTMLText { make(text, style) }

    /// The text as a link: people see the text, and open the URL.
    package func linked(to url: String) -> HTMLText {
        HTMLText(runs.map { Run(text: $0.text, style: $0.style, quote: $0.quote, link: url) })
    }

    /// A quotation block; if `expandable`, Telegram shows it collapsed.
    package static func quote(_ content: HTMLText, expandable: Bool = false) -> HTMLText {
        HTMLText(
            content.runs.map { run in
                Run(text: run.text, style: run.style, quote: expandable ? .expandable : .open, link: run.link)
            }
        )
    }

    package static func + (left: HTMLText, right: HTMLText) -> HTMLText { HTMLText(left.runs + right.runs) }
    package static func += (left: inout HTMLText, right: HTMLText) { left.runs += right.runs }

    /// The length in UTF-16 code units, the unit of Telegram's limits.
    package var length: Int { runs.reduce(0) { $0 + $1.text.utf16.count } }

    /// The text without formatting.
    package var plain: String { runs.map(\.text).joined() }

    private static func make(_ text: String, _ style: Style) -> HTMLText {
        HTMLText([Run(text: replacingControls(in: text), style: style)])
    }

    /// Replaces control characters, which Telegram does not accept, by their symbols, such as U+2400.
    ///
    /// Removes characters that turn round the text behind them.
    private static func replacingControls(in text: String) -> String {
        guard text.unicodeScalars.contains(where: { isControl($0) || ShownName.turnsText($0) }) else {
            return text
        }
        return String(
            String.UnicodeScalarView(
                text.replacing("\r\n", with: "\n").unicodeScalars.compactMap { scalar in
                    if ShownName.turnsText(scalar) { return nil }
                    guard isControl(scalar) else { return scalar }
                    return Unicode.Scalar(scalar.value == 127 ? 0x2421 : 0x2400 + scalar.value) ?? "\u{FFFD}"
                }
            )
        )
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 && scalar != "\n" && scalar != "\t" || scalar.value == 127
    }
}

extension HTMLText: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) {
        self = .plain(value)
    }
}

// MARK: - As Telegram's HTML

extension HTMLText {
    package var html: String {
        var html = ""
        var open: Quote?
        for run in runs where !run.text.isEmpty {
            if run.quote != open {
                if open != nil { html += "</blockquote>" }
                if let quote = run.quote {
                    html += quote == .open ? "<blockquote>" : "<blockquote expandable>"
                }
                open = run.quote
            }
            html += run.html
        }
        return open == nil ? html : html + "</blockquote>"
    }
}

extension HTMLText.Run {
    fileprivate var html: String {
        guard let link else { return styled }
        return "<a href=\"\(Self.escaped(link).replacing("\"", with: "&quot;"))\">\(styled)</a>"
    }

    private var styled: String {
        let escaped = Self.escaped(text)
        return switch style {
        case .plain: escaped
        case .bold: "<b>\(escaped)</b>"
        case .italic: "<i>\(escaped)</i>"
        case .code: "<code>\(escaped)</code>"
        case .block(nil): "<pre>\(escaped)</pre>"
        case .block(let language?): "<pre><code class=\"language-\(language)\">\(escaped)</code></pre>"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
