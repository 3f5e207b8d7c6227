package import Store

/// Every command that the bot takes: the one place for names, help and who may use them.
package enum CommandWord: String, CaseIterable, Sendable {
    case start, help, train, status, runs, cancel, retry, logs, events, predict, verify, notify, mute
    case register, unregister, list, build, images, invite, members

    /// What it does, as Telegram's command menu and `/help` show it.
    package var summary: String {
        switch self {
        case .start: "Say hello, or use a code that you were given"
        case .help: "How it works"
        case .train: "Train a model from a Walrus blob"
        case .status: "What is running"
        case .runs: "All runs of this chat, or those that failed, wait, …"
        case .cancel: "Stop a run"
        case .retry: "Do a run again"
        case .logs: "The last lines of a run"
        case .events: "What happened to a run, and who did it"
        case .notify: "Whether the end of a run is heard"
        case .mute: "No sound in this chat for a while"
        case .predict: "Ask the model of a run"
        case .verify: "Recompute the IDs of a run or a blob, and train again"
        case .register: "Get an address that scripts can post to"
        case .unregister: "Revoke such an address"
        case .list: "The addresses of this chat"
        case .build: "Make an image that virtual machines boot"
        case .images: "The images that were made"
        case .invite: "Get a link that puts one person on my list"
        case .members: "Who may use this bot"
        }
    }

    /// What may stand behind it.
    package var arguments: String {
        switch self {
        case .start: "[code]"
        case .help, .list, .build, .images, .members: ""
        case .train: "[blob or run] [target= model= trees= depth=N|none seed= test= engine= hours= …]"
        case .runs: "[waiting|running|succeeded|failed|cancelled]"
        case .status, .cancel, .retry, .logs, .events: "[run]"
        case .notify: "[run] [on|off]"
        case .verify: "<run or blob>"
        case .predict: "<run> <value,value,… or name=value … or blob>"
        case .mute: "[time such as 30m, 8h or 2d, or off]"
        case .register, .unregister: "<name>"
        case .invite: "<\(Role.allCases.map(\.rawValue).joined(separator: " or "))>"
        }
    }

    /// One that works, to tap and copy.
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
        case .start, .help, .runs, .list, .build, .images, .members: "/\(rawValue)"
        }
    }

    /// The least role that may use it; nil: anyone at all.
    package var role: Role? {
        switch self {
        case .start: nil
        case .help, .status, .runs, .logs, .events, .list, .images: .viewer
        case .train, .predict, .verify, .cancel, .retry, .notify, .mute, .register, .unregister: .operator
        case .invite, .members, .build: .admin
        }
    }
}

/// The dataset that everyone may try: iris.csv, as it lies on Walrus testnet.
package enum Demo {
    package static let blob = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"
}
