/// The buttons below a message, in rows.
package struct InlineKeyboard: Codable, Equatable, Sendable {
    package var rows: [[InlineButton]]

    package init(_ rows: [[InlineButton]]) {
        self.rows = rows.filter { !$0.isEmpty }
    }

    private enum CodingKeys: String, CodingKey {
        case rows = "inlineKeyboard"
    }
}

/// A button below a message, with exactly one action.
package struct InlineButton: Codable, Equatable, Sendable {
    package enum Style: String, Codable, Sendable {
        case primary, success, danger
    }

    private struct CopyText: Codable, Equatable, Sendable {
        var text: String
    }

    package let text: String
    /// The text that the bot receives when a person presses the button.
    ///
    /// At most 64 bytes.
    package private(set) var callbackData: String?
    package private(set) var url: String?
    private var copyText: CopyText?
    package private(set) var style: Style?

    package static func callback(_ text: String, _ data: String, style: Style? = nil) -> InlineButton {
        precondition(data.utf8.count <= 64, "callback data is limited to 64 bytes")
        return InlineButton(text: label(text), callbackData: data, style: style)
    }

    package static func url(_ text: String, _ url: String) -> InlineButton {
        InlineButton(text: label(text), url: url)
    }

    /// A button that copies the text `copied` to the clipboard.
    ///
    /// `copied` has at most 256 characters.
    package static func copy(_ text: String, _ copied: String) -> InlineButton {
        InlineButton(text: label(text), copyText: CopyText(text: copied))
    }

    /// A label is one line, whatever name of a person or column is part of it.
    private static func label(_ text: String) -> String { ShownName.line(text, limit: 128) }
}
