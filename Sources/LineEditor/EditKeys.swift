import CEdit
import Glibc

/// The keys of the editor.
enum EditKeys {
    private static let (norm, endOfInput, refresh, redisplay) = (
        UInt8(CC_NORM), UInt8(CC_EOF), UInt8(CC_REFRESH), UInt8(CC_REDISPLAY)
    )
    /// What terminals send after a paste, if they mark pastes (bracketed paste mode of xterm).
    private static let pasteEnd: [Unicode.Scalar] = Array("\u{1B}[201~".unicodeScalars)

    /// The keys of terminals whose description leaves them out, and the commands of libedit.
    private static let bindings = [
        ("\\e[H", "ed-move-to-beg"), ("\\eOH", "ed-move-to-beg"), ("\\e[1~", "ed-move-to-beg"),
        ("\\e[F", "ed-move-to-end"), ("\\eOF", "ed-move-to-end"), ("\\e[4~", "ed-move-to-end"),
        ("\\e[A", "ed-prev-history"), ("\\e[B", "ed-next-history"),
        ("\\e[C", "ed-next-char"), ("\\e[D", "ed-prev-char"),
        ("\\e[3~", "ed-delete-next-char"),
        ("\\e[1;5C", "em-next-word"), ("\\e[1;5D", "ed-prev-word"),
        ("^W", "ed-delete-prev-word"), ("^U", "vi-kill-line-prev"), ("^R", "em-inc-search-prev"),
        ("^V", "ed-unassigned"), ("^L", "ed-clear-screen"),
    ]

    static func bind(_ edit: OpaquePointer) {
        for (keys, command) in bindings { _ = unsafe okai_edit_bind(edit, keys, command) }
        unsafe add(edit, "okai-redraw", "\\036") { edit, _ in
            unsafe EditSession.of(edit)?.redraw()
            return EditKeys.redisplay
        }
        unsafe add(edit, "okai-interrupt", "^C") { edit, _ in
            guard unsafe !EditKeys.isEmpty(edit) else { return EditKeys.endOfInput }
            unsafe EditKeys.clear(edit)
            unsafe EditSession.of(edit)?.startAnew()
            return EditKeys.refresh
        }
        unsafe add(edit, "okai-end", "^D") { edit, _ in
            if unsafe EditKeys.isEmpty(edit) { return EditKeys.endOfInput }
            guard unsafe !EditKeys.isAtEnd(edit) else { return EditKeys.norm }
            unsafe el_cursor(edit, 1)
            unsafe el_deletestr(edit, 1)
            return EditKeys.refresh
        }
        unsafe add(edit, "okai-suspend", "^Z") { edit, _ in
            unsafe EditKeys.suspend(edit)
            return EditKeys.refresh
        }
        unsafe add(edit, "okai-paste", "\\e[200~") { edit, _ in
            guard let session = unsafe EditSession.of(edit) else { return EditKeys.norm }
            let text = EditKeys.pasted(session)
            if !text.isEmpty { _ = unsafe el_insertstr(edit, text) }
            return EditKeys.refresh
        }
    }

    private static func add(
        _ edit: OpaquePointer,
        _ name: String,
        _ keys: String,
        _ function: okai_edit_function
    ) {
        _ = unsafe okai_edit_add(edit, name, function)
        _ = unsafe okai_edit_bind(edit, keys, name)
    }

    private static func isEmpty(_ edit: OpaquePointer?) -> Bool {
        guard let line = unsafe el_wline(edit)?.pointee else { return true }
        return unsafe line.buffer == line.lastchar
    }

    private static func isAtEnd(_ edit: OpaquePointer?) -> Bool {
        guard let line = unsafe el_wline(edit)?.pointee else { return true }
        return unsafe line.cursor == line.lastchar
    }

    private static func clear(_ edit: OpaquePointer?) {
        guard let line = unsafe el_wline(edit)?.pointee, let start = unsafe line.buffer else { return }
        let count = unsafe Int32(line.lastchar - start)
        unsafe el_cursor(edit, count)
        unsafe el_deletestr(edit, count)
    }

    /// Stops the process as the shell expects it, and takes the terminal again when it goes on.
    private static func suspend(_ edit: OpaquePointer?) {
        unsafe okai_edit_prepare(edit, 0)
        kill(0, SIGTSTP)
        unsafe okai_edit_prepare(edit, 1)
        unsafe EditSession.of(edit)?.board.resize()
    }

    /// The text of a paste, of any length.
    ///
    /// Line ends inside it stay, so that it becomes one message. Other control characters are left out.
    private static func pasted(_ session: EditSession) -> String {
        var text = String.UnicodeScalarView()
        while !session.board.isClosing, !text.suffix(pasteEnd.count).elementsEqual(pasteEnd) {
            switch session.reader.event(insideKey: false) {
            case .key(let scalar): text.append(scalar)
            case .woken, .quiet: continue
            case .end: return ""
            }
        }
        let lines = String(String.UnicodeScalarView(text.dropLast(pasteEnd.count)))
            .split(omittingEmptySubsequences: false) { $0.isNewline }
            .map { line in
                String(
                    String.UnicodeScalarView(
                        line.unicodeScalars.map { $0 == "\t" ? " " : $0 }
                            .filter { $0.properties.generalCategory != .control }
                    )
                )
            }
        return lines.joined(separator: "\n").trimmingNewlines
    }
}

extension String {
    fileprivate var trimmingNewlines: String {
        let start = drop { $0 == "\n" }
        return String(
            start[..<(start.lastIndex { $0 != "\n" }.map { start.index(after: $0) } ?? start.startIndex)]
        )
    }
}
