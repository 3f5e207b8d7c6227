import ArgumentParser
import HTTP

/// `okaibot config`: prints the current settings.
struct ShowConfiguration: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Print the current settings without the secrets, and what is missing."
    )

    @OptionGroup var option: SettingsOption

    func run() throws {
        let reader = try SettingsReader(file: option.config)
        for key in SettingKey.allCases {
            let value = reader.text(key)
            let shown = value.map { key.isSecret ? "(set)" : Redaction.redact($0) } ?? "(not set)"
            print("\(key.rawValue)=\(shown)    # \(key.meaning)")
        }
        _ = try Settings(reader)
        if reader.text(.telegramToken) == nil {
            print("\nmissing for serve: \(SettingKey.telegramToken.rawValue)")
        }
    }
}
