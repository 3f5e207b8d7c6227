import Foundation
import Support
import Testing

@testable import OKAIBot

@Suite("Secrets from files")
struct SecretFileTests {
    @Test(
        "every secret can come from a file, without the line end",
        arguments: SettingKey.allCases.filter(\.isSecret)
    )
    func files(_ key: SettingKey) async throws {
        try await withTemporaryFolder { folder in
            try Data("s3cret\r\n".utf8).write(to: URL(filePath: "\(folder)/\(key.rawValue.lowercased())"))
            let path = "\(folder)/\(key.rawValue.lowercased())"
            for environment in [["\(key.rawValue)_FILE": path], ["CREDENTIALS_DIRECTORY": folder]] {
                let reader = try SettingsReader(file: nil, environment: environment)
                #expect(reader.text(key) == "s3cret")
                #expect(reader.file(of: key)?.path == path)
            }
            let json = "\(folder)/bot.json"
            try Data(#"{"\#(key.rawValue)_FILE": "\#(path)"}"#.utf8).write(to: URL(filePath: json))
            #expect(try SettingsReader(file: json, environment: [:]).text(key) == "s3cret")
            #expect(try SettingsReader(file: json, environment: [key.rawValue: "mine"]).text(key) == "mine")
        }
    }

    @Test("a secret that is given twice is refused, with both places")
    func twice() async throws {
        try await withTemporaryFolder { folder in
            try Data("one".utf8).write(to: URL(filePath: "\(folder)/FLUENCE_API_KEY"))
            let environment = ["FLUENCE_API_KEY": "two", "CREDENTIALS_DIRECTORY": folder]
            let error = #expect(throws: SettingsError.self) {
                try SettingsReader(file: nil, environment: environment)
            }
            #expect(
                error?.description
                    == "FLUENCE_API_KEY is given twice, by the variable FLUENCE_API_KEY and by the credential "
                    + "FLUENCE_API_KEY: keep one of them"
            )
        }
    }

    @Test(
        "a file that holds no secret is named, and its content is not",
        arguments: [
            ("", "it is empty"), ("\n\n", "it is empty"), ("first\nsecond", "it has more than one line"),
            (String(repeating: "x", count: 20_000), "it is larger than 16 KiB"),
        ]
    )
    func wrong(_ content: String, _ problem: String) async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/token"
            try Data(content.utf8).write(to: URL(filePath: path))
            let error = #expect(throws: SettingsError.self) {
                try SettingsReader(file: nil, environment: ["TELEGRAM_BOT_TOKEN_FILE": path])
            }
            #expect(
                error?.description
                    == "TELEGRAM_BOT_TOKEN_FILE: the file \(path) must hold the secret in one line, but \(problem)"
            )
        }
    }

    @Test("settings that are no secrets come from no file")
    func notSecret() async throws {
        try await withTemporaryFolder { folder in
            try Data("9".utf8).write(to: URL(filePath: "\(folder)/WEBHOOK_PORT"))
            let reader = try SettingsReader(
                file: nil,
                environment: ["CREDENTIALS_DIRECTORY": folder, "WEBHOOK_PORT_FILE": "\(folder)/WEBHOOK_PORT"]
            )
            #expect(reader.text(.port) == "8888")
        }
    }

    @Test("the value that is wrong in a configuration file is named")
    func malformedValue() async throws {
        try await withTemporaryFolder { folder in
            let json = "\(folder)/bot.json"
            try Data(#"{"OKAI_ADMINS": "1", "OKAI_VM_MEMORY": [512]}"#.utf8).write(to: URL(filePath: json))
            #expect(throws: SettingsError.malformedValue("OKAI_VM_MEMORY", json)) {
                try SettingsReader(file: json, environment: [:])
            }
        }
    }
}
