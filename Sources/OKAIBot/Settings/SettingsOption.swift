import ArgumentParser

/// The option `--config FILE` of every verb that reads the configuration.
struct SettingsOption: ParsableArguments {
    @Option(help: "A JSON file of settings; environment variables override it.")
    var config: String?

    func settings() throws -> Settings { try Settings(SettingsReader(file: config)) }
}
