import Contract
import Foundation
import Jobs
import Store

/// Chooses which messages make a sound.
extension CommandHandler {
    /// Sets whether the end of the run makes a sound; if `isOn` is nil, shows the present setting.
    func notify(_ id: RunID?, isOn: Bool?) throws {
        guard let run = try namedOrLatest(id) else { return }
        guard !run.job.state.isTerminal else { return try refuse(SoundText.hasEnded(run.id)) }
        guard let isOn else { return try reply(SoundText.setting(of: run.id, isQuiet: run.isQuiet)) }
        guard access.mayCancel(run) else { return try refuse(SoundText.notYours(run.id)) }
        try transaction.setQuiet(!isOn, run: run.id)
        try replyInPlace(SoundText.changed(run.id, isQuiet: !isOn))
    }

    func mute(_ request: MuteRequest) throws {
        switch request {
        case .on(let seconds):
            try transaction.setQuiet(chat: update.chat, until: now.addingTimeInterval(Double(seconds)))
        case .off:
            try transaction.setQuiet(chat: update.chat, until: nil)
        case .show: break
        }
        let end = try transaction.quietEnd(ofChat: update.chat, now: now)
        try replyInPlace(end.map { SoundText.muted(until: $0, now: now) } ?? SoundText.unmuted)
    }
}
