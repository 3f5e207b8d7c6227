package import Store

/// Every command that the bot takes: the one place for names, help and who may use them.
package enum CommandWord: String, CaseIterable, Sendable {
    case start, help, train, status, runs, cancel, retry, logs, predict, register, unregister, list
    case build, images, invite

    /// What it does, as Telegram's command menu and `/help` show it.
    package var summary: String {
        switch self {
        case .start: "Say hello, or use a code that you were given"
        case .help: "How it works"
        case .train: "Train a model from a Walrus blob"
        case .status: "What is running"
        case .runs: "The latest runs of this chat"
        case .cancel: "Stop a run"
        case .retry: "Do a run again"
        case .logs: "The last lines of a run"
        case .predict: "Ask the model of a run"
        case .register: "Get an address that scripts can post to"
        case .unregister: "Revoke such an address"
        case .list: "The addresses of this chat"
        case .build: "Make an image that virtual machines boot"
        case .images: "The images that were made"
        case .invite: "Get a link that puts one person on my list"
        }
    }

    /// What may stand behind it.
    package var arguments: String {
        switch self {
        case .start: "[code]"
        case .help, .runs, .list, .build, .images: ""
        case .train: "<blob or run> [target= trees= depth=N|none seed= test= engine=]"
        case .status, .cancel, .retry, .logs: "[run]"
        case .predict: "<run> <value,value,… or name=value …>"
        case .register, .unregister: "<name>"
        case .invite: "<\(Role.allCases.map(\.rawValue).joined(separator: " or "))>"
        }
    }

    /// One that works, to tap and copy.
    package var example: String {
        switch self {
        case .train: "/train \(Demo.blob) trees=200"
        case .cancel, .retry, .logs, .status: "/\(rawValue) 1"
        case .predict: "/predict 1 5.1,3.5,1.4,0.2"
        case .register, .unregister: "/\(rawValue) training"
        case .invite: "/invite operator"
        case .start, .help, .runs, .list, .build, .images: "/\(rawValue)"
        }
    }

    /// The least role that may use it; nil: anyone at all.
    package var role: Role? {
        switch self {
        case .start: nil
        case .help, .status, .runs, .logs, .list, .images: .viewer
        case .train, .predict, .cancel, .retry, .register, .unregister: .operator
        case .build, .invite: .admin
        }
    }
}

/// The dataset that everyone may try: iris.csv, as it lies on Walrus testnet.
package enum Demo {
    package static let blob = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"
}
