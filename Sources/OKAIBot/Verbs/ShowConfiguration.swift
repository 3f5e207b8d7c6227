import ArgumentParser
import Contract
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
            let mask = reader.file(of: key).map { "(set, by the file \($0.path))" } ?? "(set)"
            let shown = value.map { key.isSecret ? mask : Redaction.redact($0) } ?? "(not set)"
            StandardOutput.writeLine("\(key.rawValue)=\(shown)    # \(key.meaning)")
        }
        let settings = try Settings(reader)
        try settings.checkMachine()
        try settings.checkService()
        if reader.text(.telegramToken) == nil {
            StandardOutput.writeLine("\nmissing for serve: \(SettingKey.telegramToken.rawValue)")
        }
    }
}
