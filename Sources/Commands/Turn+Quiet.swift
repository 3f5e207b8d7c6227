import Foundation
import Jobs
import Store

/// Sounds, and silence.
extension Turn {
    /// Has the end of the run told with a sound or without; says how it is where `isOn` is nil.
    func notify(_ number: Int64?, isOn: Bool?) throws {
        guard let run = try namedOrLatest(number) else { return }
        guard !run.job.state.isTerminal else { return try say(StopWords.endedAlready(run.number)) }
        guard let isOn else {
            return try say(QuietWords.notifyHow(run.number, isQuiet: run.run.isQuiet))
        }
        guard permissions.mayStop(run.run, user: incoming.user, role: role) else {
            return try say(QuietWords.notYours(run.number))
        }
        try transaction.setQuiet(!isOn, run: run.number)
        try redraw(QuietWords.notify(run.number, isQuiet: !isOn))
    }

    func mute(_ mute: Mute) throws {
        switch mute {
        case .on(let seconds):
            try transaction.setQuiet(chat: incoming.chat, until: now.addingTimeInterval(Double(seconds)))
        case .off:
            try transaction.setQuiet(chat: incoming.chat, until: nil)
        case .ask: break
        }
        let end = try transaction.quietEnd(ofChat: incoming.chat, now: now)
        try redraw(end.map { QuietWords.muted(until: $0, now: now) } ?? QuietWords.loud)
    }
}
