/// Buttons below a message, row by row.
package struct InlineKeyboard: Codable, Equatable, Sendable {
    package var rows: [[InlineButton]]

    package init(_ rows: [[InlineButton]]) {
        self.rows = rows.filter { !$0.isEmpty }
    }

    private enum CodingKeys: String, CodingKey {
        case rows = "inlineKeyboard"
    }
}

/// One button, which does one thing.
package struct InlineButton: Codable, Equatable, Sendable {
    package enum Style: String, Codable, Sendable {
        case primary, success, danger
    }

    private struct CopyText: Codable, Equatable, Sendable {
        var text: String
    }

    package let text: String
    /// Comes back to us when it is pressed, by whomever: up to 64 bytes.
    package private(set) var callbackData: String?
    package private(set) var url: String?
    private var copyText: CopyText?
    package private(set) var style: Style?

    package static func callback(_ text: String, _ data: String, style: Style? = nil) -> InlineButton {
        precondition(data.utf8.count <= 64, "Telegram takes up to 64 bytes")
        return InlineButton(text: text, callbackData: data, style: style)
    }

    package static func url(_ text: String, _ url: String) -> InlineButton {
        InlineButton(text: text, url: url)
    }

    /// Puts `copied` on the clipboard: up to 256 characters.
    package static func copy(_ text: String, _ copied: String) -> InlineButton {
        InlineButton(text: text, copyText: CopyText(text: copied))
    }
}
