import CEdit
import Glibc

/// The editing of lines by libedit, on one thread.
///
/// libedit knows where the cursor is. So it prints what others want to show: it clears the line, asks for the prompt,
/// which prints the notices first, and draws the line anew.
@safe final class EditSession {
    /// A character that no key needs; it makes libedit draw the line anew.
    private static let redrawKey: Unicode.Scalar = "\u{1E}"

    let board: Board
    let reader: KeyReader
    let edit: OpaquePointer
    private let output: UnsafeMutablePointer<FILE>
    private let prompt: UnsafeMutablePointer<CChar>
    private let history: EditHistory?
    /// Whether the cursor is at the start of the prompt's row, and nothing is to the right of it or below.
    private var isAtStart = false
    /// Whether the row above the prompt is a typed line, which no notice may replace.
    private var isBelowLine = true
    /// Whether the line was given up; the next one starts at the end of the history.
    private var isGivenUp = false
    /// How many characters of a key that sends several were read.
    private var keyLength = 0

    init(
        edit: OpaquePointer,
        output: UnsafeMutablePointer<FILE>,
        prompt: String,
        board: Board,
        reader: KeyReader,
        history: EditHistory?
    ) {
        unsafe (self.edit, self.output, self.prompt) = unsafe (edit, output, strdup(prompt))
        (self.board, self.reader, self.history) = (board, reader, history)
        unsafe okai_edit_set_data(edit, Unmanaged.passUnretained(self).toOpaque())
        unsafe okai_edit_use_emacs_keys(edit)
        if let history { unsafe okai_edit_use_history(edit, history.list) }
        unsafe okai_edit_set_prompt(edit) { edit in
            unsafe EditSession.of(edit)?.promptText()
        }
        unsafe okai_edit_set_reader(edit) { edit, key in
            guard let session = unsafe EditSession.of(edit), let scalar = session.nextKey() else { return 0 }
            unsafe key?.pointee = wchar_t(bitPattern: scalar.value)
            return 1
        }
        unsafe EditKeys.bind(edit)
        unsafe okai_edit_read_signals_as_keys(edit)
    }

    deinit {
        unsafe free(prompt)
    }

    static func of(_ edit: OpaquePointer?) -> EditSession? {
        guard let data = unsafe okai_edit_data(edit) else { return nil }
        return unsafe Unmanaged<EditSession>.fromOpaque(data).takeUnretainedValue()
    }

    /// Waits for the next line; nil at the end of the input.
    func line() -> String? {
        var count: Int32 = 0
        var read: UnsafePointer<CChar>?
        repeat {
            // The cursor is in the prompt's row, and libedit has cleared what was right of the prompt.
            if isGivenUp { unsafe fputs("\r", output) }
            (isGivenUp, isAtStart) = (false, true)
            unsafe read = unsafe el_gets(edit, &count)
        } while isGivenUp
        guard let text = unsafe read, count > 0 else { return nil }
        isBelowLine = true
        var line = unsafe String(cString: text)
        if line.hasSuffix("\n") { line.removeLast() }
        history?.add(line)
        return line
    }

    /// Prints the notices; the cursor must be at the start of the prompt's row.
    func print(_ notices: [Board.Notice]) {
        for notice in notices {
            let rows = isBelowLine ? 0 : notice.rows
            let up = rows > 0 ? "\r\u{1B}[\(rows)A\u{1B}[J" : ""
            unsafe fputs("\(up)\(notice.text)\n", output)
            isBelowLine = false
        }
        unsafe fflush(output)
    }

    /// Prepares the drawing of the line at the place where it starts.
    func redraw() {
        isAtStart = true
    }

    /// Ends the reading of this line, which is empty now, and begins another.
    ///
    /// libedit goes back to the end of the history only between two lines.
    func startAnew() {
        isGivenUp = true
    }

    private func promptText() -> UnsafeMutablePointer<CChar> {
        if isAtStart {
            isAtStart = false
            print(board.takeNotices())
        }
        return unsafe prompt
    }

    /// The next key for libedit; nil at the end of the input.
    private func nextKey() -> Unicode.Scalar? {
        while !board.isClosing, !isGivenUp {
            let isInside = keyLength > 0
            if !isInside, board.takeResize() { adaptToSize() }
            if !isInside, board.hasNotices { return Self.redrawKey }
            switch reader.event(insideKey: isInside) {
            case .key(let scalar):
                keyLength = Self.keyLength(keyLength, scalar)
                return scalar
            case .woken: continue
            case .quiet: keyLength = 0
            case .end: return nil
            }
        }
        return nil
    }

    /// How many characters of a key that sends several were read with `scalar`; 0 if the key is complete.
    private static func keyLength(_ length: Int, _ scalar: Unicode.Scalar) -> Int {
        switch length {
        case 0: scalar == "\u{1B}" ? 1 : 0
        case 1: scalar == "[" || scalar == "O" ? 2 : 0
        default: ("@"..."~").contains(scalar) ? 0 : length + 1
        }
    }

    /// Draws the line for the terminal's new size.
    ///
    /// Terminals wrap the row anew themselves, so the cursor is where the text before it ends at the new width.
    private func adaptToSize() {
        unsafe el_resize(edit)
        guard let line = unsafe el_line(edit)?.pointee, let start = unsafe line.buffer else { return }
        let count = unsafe line.cursor - start
        let before = unsafe String(
            decoding: UnsafeRawBufferPointer(start: start, count: max(0, count)),
            as: UTF8.self
        )
        var size = winsize()
        let columns =
            unsafe ioctl(fileno(output), UInt(TIOCGWINSZ), &size) == 0 ? max(1, Int(size.ws_col)) : 80
        let width = unsafe String(cString: prompt).unicodeScalars.width + before.unicodeScalars.width
        let rows = min(width / columns, max(0, Int(size.ws_row) - 1))
        unsafe fputs(rows > 0 ? "\r\u{1B}[\(rows)A\u{1B}[J" : "\r\u{1B}[J", output)
        isAtStart = true
        unsafe okai_edit_refresh(edit)
    }
}

extension String.UnicodeScalarView {
    /// The number of columns in the terminal.
    fileprivate var width: Int {
        reduce(0) { $0 + Int(okai_character_columns($1.value)) }
    }
}
