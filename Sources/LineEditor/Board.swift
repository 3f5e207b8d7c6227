import Synchronization

/// What other threads ask of the thread that edits.
final class Board: Sendable {
    /// A text to show above the line.
    struct Notice: Sendable {
        let text: String
        /// How many rows above the prompt the text replaces.
        let rows: Int
    }

    private struct State {
        var notices: [Notice] = []
        var isResized = false
        var isClosing = false
        /// Whether the editor has given the terminal back.
        var isClosed = false
    }

    let wake: Wake
    private let state = Mutex(State())

    init(wake: Wake) {
        self.wake = wake
    }

    /// Pins the notice; false if the editor is closed, and nobody would show it.
    func pin(_ notice: Notice) -> Bool {
        let isOpen = state.withLock { state in
            if !state.isClosed { state.notices.append(notice) }
            return !state.isClosed
        }
        wake.ring()
        return isOpen
    }

    func resize() {
        state.withLock { $0.isResized = true }
        wake.ring()
    }

    func close() {
        state.withLock { $0.isClosing = true }
        wake.ring()
    }

    /// Closes the board; returns the notices that were not shown.
    func finish() -> [Notice] {
        state.withLock { state in
            state.isClosed = true
            defer { state.notices = [] }
            return state.notices
        }
    }

    var isClosing: Bool { state.withLock { $0.isClosing } }
    var hasNotices: Bool { state.withLock { !$0.notices.isEmpty } }

    func takeNotices() -> [Notice] {
        state.withLock { state in
            defer { state.notices = [] }
            return state.notices
        }
    }

    /// Whether the terminal was resized since the last call.
    func takeResize() -> Bool {
        state.withLock { state in
            defer { state.isResized = false }
            return state.isResized
        }
    }
}
