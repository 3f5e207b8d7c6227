import Configuration
import Foundation

/// Reads each setting from the environment; if it is not there, from the configuration file; otherwise the default.
struct SettingsReader {
    private let reader: ConfigReader

    /// - Throws: ``SettingsError`` if `file` cannot be read, has an unknown key, or is not a JSON object of strings and
    ///   whole numbers.
    init(file: String?, environment: [String: String] = ProcessInfo.processInfo.environment)
        throws(SettingsError)
    {
        let values = try file.map(Self.read) ?? [:]
        let secrets = SecretsSpecifier<String, String>.specific(
            Set(SettingKey.allCases.filter(\.isSecret).map(\.rawValue))
        )
        reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(
                environmentVariables: environment.filter { name, value in
                    !value.isEmpty || SettingKey(rawValue: name)?.mayBeEmpty == true
                },
                secretsSpecifier: secrets
            ),
            InMemoryProvider(
                name: "file",
                values: Dictionary(
                    uniqueKeysWithValues: values.map { key, value in
                        (
                            AbsoluteConfigKey(key.components),
                            ConfigValue(.string(value), isSecret: key.isSecret)
                        )
                    }
                )
            ),
        ])
    }

    /// The value of the setting, or its default; nil if the setting has neither.
    func text(_ key: SettingKey) -> String? {
        reader.string(forKey: ConfigKey(key.components), isSecret: key.isSecret) ?? key.fallback
    }

    func integer(_ key: SettingKey, in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        let text = text(key) ?? ""
        guard let value = Int(text), range.contains(value) else {
            throw .wrong(key, text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// Reads a file with a JSON object whose keys are names of settings and whose values are strings or whole numbers.
    private static func read(_ path: String) throws(SettingsError) -> [SettingKey: String] {
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path) }
        let object: [String: Scalar]
        do {
            object = try JSONDecoder().decode([String: Scalar].self, from: data)
        } catch {
            throw .malformed(path)
        }
        var values: [SettingKey: String] = [:]
        for (name, value) in object {
            guard let key = SettingKey(rawValue: name) else { throw .unknownKey(name, path) }
            values[key] = value.text
        }
        return values
    }

    /// A JSON string or a whole number.
    private struct Scalar: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {  // An error means that it is a string.
                text = "\(number)"
            } else {
                text = try container.decode(String.self)
            }
        }
    }
}

extension SettingKey {
    /// The setting's key in swift-configuration: `webhook.port` for `WEBHOOK_PORT`.
    fileprivate var components: [String] { rawValue.lowercased().split(separator: "_").map(String.init) }
}
