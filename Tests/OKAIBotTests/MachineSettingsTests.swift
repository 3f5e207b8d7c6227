import Foundation
import Logging
import Support
import Synchronization
import Testing

@testable import OKAIBot

@Suite("Settings that this machine cannot use")
struct MachineSettingsTests {
    @Test(
        "a program, image or folder that is not there is named by its setting",
        arguments: [
            ("OKAI_COMMANDS", "mine=/nowhere/mine", "there is no such file"),
            ("OKAI_COMMANDS", "mine=/usr", "that is a folder"),
            ("OKAI_COMMANDS", "good=/bin/sh,bad=/etc/passwd", "that file cannot be run"),
            ("OKAI_IMAGE_COMMAND", "no-such-builder --worker x", "there is no such file"),
            ("OKAI_VM_IMAGE", "/nowhere/machine.qcow2", "neither a file that can be read nor a URL"),
            ("OKAI_VM_IMAGE", "/usr", "neither a file that can be read nor a URL"),
            ("OKAI_VM_IMAGE", "https://", "neither a file that can be read nor a URL"),
            ("OKAI_IMAGE_DIR", "/etc/passwd", "is a file: name a folder"),
        ]
    )
    func refused(_ name: String, _ value: String, _ problem: String) throws {
        let settings = try settings([name: value])
        let error = #expect(throws: SettingsError.self) { try settings.checkMachine() }
        #expect(error?.description.hasPrefix("\(name): ") == true)
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }

    @Test("programs, images and folders that are there, or will be made, are taken")
    func taken() throws {
        try settings([
            "OKAI_COMMANDS": "mine=/bin/sh", "OKAI_IMAGE_COMMAND": "sh -c true", "OKAI_IMAGE_DIR": "/nowhere",
            "OKAI_VM_IMAGE": "https://images.example.org/a.qcow2",
        ]).checkMachine()
    }

    @Test(
        "rented machines by default need an account, and the account needs a public URL",
        arguments: [
            (["OKAI_ENGINE": "fluence"], "OKAI_ENGINE: fluence needs an account: set FLUENCE_API_KEY"),
            (["FLUENCE_API_KEY": "k"], "FLUENCE_API_KEY: rented machines reach the bot at its public URL"),
        ]
    )
    func account(_ environment: [String: String], _ sentence: String) throws {
        let settings = try settings(environment)
        let error = #expect(throws: SettingsError.self) { try settings.checkService() }
        #expect(error?.description.hasPrefix(sentence) == true)
    }

    @Test(
        "a wrong value is refused also where nothing uses it yet",
        arguments: ["FLUENCE_API_URL", "WALRUS_SYSTEM_OBJECT", "WALRUS_PACKAGE", "OKAI_WALRUS_NODES"]
    )
    func unused(_ name: String) {
        let error = #expect(throws: SettingsError.self) {
            try settings([name: "no such thing", "SUI_GRAPHQL_URL": ""])
        }
        #expect(error?.description.hasPrefix("\(name) must be ") == true)
    }

    @Test("a token that is none is named by its file, and not shown")
    func token() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/token"
            try Data("\u{FEFF}12:ab cd\n".utf8).write(to: URL(filePath: path))
            let error = #expect(throws: SettingsError.self) {
                try settings(["TELEGRAM_BOT_TOKEN_FILE": path])
            }
            #expect(error?.description.hasPrefix("TELEGRAM_BOT_TOKEN_FILE: the file \(path) ") == true)
            #expect(error?.description.contains("ab cd") == false)
            try Data("\u{FEFF}12:abcd\n".utf8).write(to: URL(filePath: path))
            #expect(try settings(["TELEGRAM_BOT_TOKEN_FILE": path]).telegramToken != nil)
        }
    }

    @Test("log lines of a chat go where its answers go")
    func chatLog() {
        let shown = Mutex<[String]>([])
        let screen = ChatLog.Screen()
        screen.use { line in shown.withLock { $0.append(line) } }
        var logger = Logger(label: "chat") { _ in ChatLog(screen: screen) }
        logger.logLevel = .error
        logger.error("the disk is full", metadata: ["path": "/data", "free": "0"])
        logger.warning("not shown")
        #expect(shown.withLock { $0 } == ["okaibot: the disk is full (free: 0, path: /data)"])
    }

    private func settings(_ environment: [String: String]) throws -> Settings {
        try Settings(SettingsReader(file: nil, environment: environment))
    }
}
