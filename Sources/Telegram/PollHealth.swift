package import Foundation
import Synchronization

/// Whether Telegram answers the bot's polls; `GET /health` shows it.
package final class PollHealth: Sendable {
    private let state = Mutex<(lastPoll: Date?, failure: String?)>((nil, nil))

    package init() {}

    /// A poll succeeded.
    package func polled(at time: Date = Date()) {
        state.withLock { $0 = (time, nil) }
    }

    /// A poll failed; `reason` is a sentence without secrets.
    package func failed(_ reason: String) {
        state.withLock { $0.failure = reason }
    }

    /// The time of the last successful poll, nil if there was none; and why the polls since then failed, nil if none
    /// did.
    package var status: (lastPoll: Date?, failure: String?) { state.withLock { $0 } }
}
