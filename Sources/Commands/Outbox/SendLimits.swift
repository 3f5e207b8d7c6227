import Contract

/// How often messages may be sent to a chat service.
package struct SendLimits: Sendable {
    /// At most `count` messages within `time`.
    package struct Rate: Sendable {
        package var count: Int
        package var time: Duration

        /// The part of the rate that `share` stands for.
        ///
        /// Posts and progress leave room for results and for answers, and results leave room for answers. So a person
        /// is answered at once, even while many results wait.
        func part(_ share: Share) -> Rate {
            switch share {
            case .whole: self
            case .most: Rate(count: max(1, count - max(1, count / 8)), time: time)
            case .shared: Rate(count: max(1, count - max(1, count / 4)), time: time)
            }
        }
    }

    /// How much of a rate a message may use: all of it, most of it, or what all progress and posts share.
    enum Share {
        case whole, most, shared
    }

    package var overall: Rate
    package var inPrivate: Rate
    package var inGroup: Rate
    /// The shortest time between two edits of one live message.
    package var editInPrivate: Duration
    package var editInGroup: Duration

    /// The limits of Telegram, according to its FAQ (core.telegram.org/bots/faq).
    ///
    /// Telegram allows about one message a second in a chat, with short bursts. It allows twenty a minute in a group,
    /// and thirty a second in all chats together. Edits count as messages. The times between edits are not in the FAQ.
    package static let telegram = SendLimits(
        overall: Rate(count: 30, time: .seconds(1)),
        inPrivate: Rate(count: 5, time: .seconds(5)),
        inGroup: Rate(count: 20, time: .seconds(60)),
        editInPrivate: .seconds(3),
        editInGroup: .seconds(6)
    )

    /// No limits except `editInterval` between edits.
    package static func none(editInterval: Duration) -> SendLimits {
        let any = Rate(count: .max, time: .zero)
        return SendLimits(
            overall: any,
            inPrivate: any,
            inGroup: any,
            editInPrivate: editInterval,
            editInGroup: editInterval
        )
    }

    func rate(in chat: ChatID) -> Rate { chat.isGroup ? inGroup : inPrivate }
    func editInterval(in chat: ChatID) -> Duration { chat.isGroup ? editInGroup : editInPrivate }
}
