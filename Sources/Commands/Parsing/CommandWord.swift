package import Store

/// Every command of the bot, with its help, form, example and role.
package enum CommandWord: String, CaseIterable, Sendable {
    case start, help, train, status, runs, cancel, retry, logs, events, predict, verify, notify, mute
    case register, unregister, list, build, images, invite, members

    /// What the command does, as Telegram's menu and `/help all` show it.
    package var summary: String {
        switch self {
        case .start: "Start, or use a code that you were given"
        case .help: "How to use this bot"
        case .train: "Train a model on a dataset"
        case .status: "Show what is running, or one run"
        case .runs: "List the runs of this chat"
        case .cancel: "Cancel a run, or all of yours"
        case .retry: "Start an ended run again, or all that failed"
        case .logs: "Show the last log lines of a run"
        case .events: "Show the timeline of a run: what happened, and who did it"
        case .predict: "Predict rows with the model of a run"
        case .verify: "Check a run or a blob: recompute its IDs, and train again"
        case .notify: "Choose whether the end of a run makes a sound"
        case .mute: "Make this chat silent for a while"
        case .register: "Make an address that scripts can post to"
        case .unregister: "Delete an address"
        case .list: "List the addresses of this chat"
        case .build: "Build an image for virtual machines"
        case .images: "List the images that were built"
        case .invite: "Make a link that lets one person use this bot"
        case .members: "List the people who may use this bot, or remove one"
        }
    }

    /// The form of the arguments: `[…]` can be left out, `<…>` cannot.
    package var arguments: String {
        switch self {
        case .start: "[code]"
        case .list, .build, .images, .members: ""
        case .help: "[all|train|command]"
        case .train: "[blob or run] [target= model= trees= depth=N|none seed= test= engine= hours= …]"
        case .runs: "[waiting|running|succeeded|failed|cancelled]"
        case .status, .logs, .events: "[run]"
        case .cancel: "[run … or all or everybody]"
        case .retry: "[run … or failed]"
        case .notify: "[run] [on|off]"
        case .verify: "<run or blob>"
        case .predict: "<run> <value,value,… or name=value … or blob>"
        case .mute: "[time such as 30m, 8h or 2d, or off]"
        case .register, .unregister: "<name>"
        case .invite: "<\(Role.allCases.map(\.rawValue).joined(separator: " or "))>"
        }
    }

    /// The command with its arguments, as it is written.
    var form: String { arguments.isEmpty ? "/\(rawValue)" : "/\(rawValue) \(arguments)" }

    /// An example to tap and copy.
    package var example: String {
        switch self {
        case .train: "/train \(Demo.blob) trees=200"
        case .cancel, .retry, .logs, .status, .events: "/\(rawValue) 1"
        case .notify: "/notify 1 off"
        case .mute: "/mute 8h"
        case .verify: "/verify 1"
        case .predict: "/predict 1 5.1,3.5,1.4,0.2"
        case .register, .unregister: "/\(rawValue) training"
        case .invite: "/invite operator"
        case .help: "/help train"
        case .start, .runs, .list, .build, .images, .members: "/\(rawValue)"
        }
    }

    /// Whether people with the role may use the command.
    package func isOpen(to role: Role) -> Bool { self.role.map { $0 <= role } ?? true }

    /// The lowest role that may use the command; nil: everybody may.
    package var role: Role? {
        switch self {
        case .start: nil
        case .help, .status, .runs, .logs, .events, .list, .images: .viewer
        case .train, .predict, .verify, .cancel, .retry, .notify, .mute, .register, .unregister: .operator
        case .invite, .members, .build: .admin
        }
    }
}

/// The dataset of the demo: iris.csv, stored on Walrus testnet.
package enum Demo {
    package static let blob = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"
}
