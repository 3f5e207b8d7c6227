import ArgumentParser

/// The option `--config FILE`, which every verb that reads the configuration has.
struct SettingsOption: ParsableArguments {
    @Option(help: "A JSON file of settings; environment variables override it.")
    var config: String?

    func settings() throws -> Settings { try Settings(SettingsReader(file: config)) }
}
