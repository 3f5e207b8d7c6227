import CEdit
import Foundation
import Glibc
import Synchronization

/// A line at the bottom of a terminal, which a person edits while others show text above it.
///
/// A thread of its own runs libedit.
package final class LineEditor: Sendable {
    /// The lines that were typed; ends with Ctrl-D or Ctrl-C on an empty line, or with the terminal.
    package let lines: AsyncStream<String>
    private let typed: AsyncStream<String>.Continuation
    private let board: Board
    private let output: Int32
    private let isClosed = DispatchSemaphore(value: 0)

    /// How long ``close()`` waits until the terminal is as before.
    private static let closingTime = DispatchTimeInterval.seconds(1)
    /// Makes terminals mark pastes, so that a line end in one does not send a line (DEC private mode 2004).
    private static let (marksPastes, marksNoPastes) = ("\u{1B}[?2004h", "\u{1B}[?2004l")

    /// Starts editing; returns nil if the terminal cannot move its cursor, as `TERM=dumb` says.
    ///
    /// The lines are kept in the file `historyPath`, except those of which `keeps` says no because they hold a secret.
    package init?(
        prompt: String,
        input: Int32 = STDIN_FILENO,
        output: Int32 = STDOUT_FILENO,
        historyPath: String,
        keeps: @escaping @Sendable (String) -> Bool
    ) {
        guard let wake = Wake() else { return nil }
        board = Board(wake: wake)
        self.output = output
        (lines, typed) = AsyncStream.makeStream()
        Self.useUTF8()
        let isStarted = DispatchSemaphore(value: 0)
        let canEdit = Mutex(false)
        let thread = Thread { [self] in
            let session = open(prompt, input, historyPath, keeps)
            canEdit.withLock { $0 = session != nil }
            isStarted.signal()
            if let session { run(session) }
        }
        // A paste of many rows needs more than the default of secondary threads.
        thread.stackSize = 1 << 20
        thread.start()
        isStarted.wait()
        guard canEdit.withLock({ $0 }) else { return nil }
    }

    /// Shows the text above the line, in place of the `rows` rows there.
    ///
    /// If a line was typed below those rows, they stay.
    package func show(_ text: String, over rows: Int = 0) {
        guard !board.pin(.init(text: text, rows: rows)) else { return }
        write("\(text)\n")
    }

    /// Draws the line anew after the size of the terminal has changed.
    package func resize() { board.resize() }

    /// Gives the terminal back as it was.
    package func close() {
        board.close()
        guard isClosed.wait(timeout: .now() + Self.closingTime) == .success else { return }
        isClosed.signal()
    }

    /// Makes the process count the columns of characters as UTF-8 terminals do, also without a locale.
    private static func useUTF8() {
        unsafe setlocale(LC_CTYPE, "")
        if unsafe String(cString: nl_langinfo(Int32(CODESET))) != "UTF-8" {
            unsafe setlocale(LC_CTYPE, "C.UTF-8")
        }
    }

    private func open(
        _ prompt: String,
        _ input: Int32,
        _ historyPath: String,
        _ keeps: @escaping (String) -> Bool
    ) -> EditSession? {
        guard let reads = unsafe fdopen(dup(input), "r"), let writes = unsafe fdopen(dup(output), "w"),
            let edit = unsafe okai_edit_open(reads, writes)
        else { return nil }
        guard unsafe okai_edit_can_redraw(edit) != 0 else {
            unsafe el_end(edit)
            return nil
        }
        return unsafe EditSession(
            edit: edit,
            output: writes,
            prompt: prompt,
            board: board,
            reader: KeyReader(input: input, wake: board.wake),
            history: EditHistory(path: historyPath, keeps: keeps)
        )
    }

    private func run(_ session: EditSession) {
        write(Self.marksPastes)
        while let line = session.line() { typed.yield(line) }
        unsafe el_end(session.edit)
        write("\(Self.marksNoPastes)\n")
        session.print(board.finish())
        typed.finish()
        isClosed.signal()
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe Glibc.write(output, bytes, bytes.count)
    }
}
