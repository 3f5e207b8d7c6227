import Configuration
import Foundation

/// Reads each setting from the environment; if it is not there, from the configuration file; otherwise the default.
struct SettingsReader {
    private let reader: ConfigReader
    /// The files from which secrets were read.
    private let secretFiles: [SettingKey: SecretFile]

    /// - Throws: ``SettingsError`` if `file` cannot be read, has an unknown key, or is not a JSON object of strings and
    ///   whole numbers; if a secret is given twice, or its file cannot be read.
    init(file: String?, environment: [String: String] = ProcessInfo.processInfo.environment)
        throws(SettingsError)
    {
        let values = try file.map(Self.read) ?? FileValues()
        secretFiles = try Self.secretFiles(environment, values)
        let secrets = SecretsSpecifier<String, String>.specific(
            Set(SettingKey.allCases.filter(\.isSecret).map(\.rawValue))
        )
        reader = ConfigReader(providers: [
            EnvironmentVariablesProvider(
                environmentVariables: environment.filter { name, value in
                    !value.isEmpty || SettingKey(rawValue: name)?.mayBeEmpty == true
                }.merging(try Self.texts(of: secretFiles)) { $1 },
                secretsSpecifier: secrets
            ),
            InMemoryProvider(
                name: "file",
                values: Dictionary(
                    uniqueKeysWithValues: values.settings.map { key, value in
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

    /// The file from which the setting was read; nil if it came from elsewhere.
    func file(of key: SettingKey) -> SecretFile? { secretFiles[key] }

    func integer(_ key: SettingKey, in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        let text = text(key) ?? ""
        guard let value = Int(text), range.contains(value) else {
            throw .wrong(key, text, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// The settings in a configuration file, and the files that it names for secrets.
    private struct FileValues {
        var settings: [SettingKey: String] = [:]
        var secretFiles: [SettingKey: SecretFile] = [:]
    }

    /// Reads a file with a JSON object whose keys are names of settings and whose values are strings or whole numbers.
    private static func read(_ path: String) throws(SettingsError) -> FileValues {
        guard let data = FileManager.default.contents(atPath: path) else { throw .unreadable(path) }
        let object: [String: Scalar]
        do {
            object = try JSONDecoder().decode([String: Scalar].self, from: data)
        } catch DecodingError.typeMismatch(_, let context) where context.codingPath.count == 1 {
            throw .malformedValue(context.codingPath[0].stringValue, path)
        } catch DecodingError.valueNotFound(_, let context) where context.codingPath.count == 1 {
            throw .malformedValue(context.codingPath[0].stringValue, path)
        } catch {
            throw .malformed(path)
        }
        var values = FileValues()
        for (name, value) in object {
            if let key = SettingKey(rawValue: name) {
                values.settings[key] = value.text
            } else if let key = SettingKey.allCases.first(where: { $0.isSecret && $0.fileName == name }) {
                values.secretFiles[key] = SecretFile(name: name, path: value.text)
            } else {
                throw .unknownKey(name, path)
            }
        }
        return values
    }

    /// The files of the secrets that come from files.
    ///
    /// The environment, with systemd's credentials, overrides the configuration file. One of them must not give a secret
    /// twice.
    private static func secretFiles(
        _ environment: [String: String],
        _ values: FileValues
    ) throws(SettingsError) -> [SettingKey: SecretFile] {
        var files: [SettingKey: SecretFile] = [:]
        for key in SettingKey.allCases where key.isSecret {
            let isSet = environment[key.rawValue]?.isEmpty == false
            if let file = try SecretFile.named(key, in: environment) {
                guard !isSet else { throw .twice(key, ["the variable \(key.rawValue)", file.name]) }
                files[key] = file
            } else if !isSet, let file = values.secretFiles[key] {
                guard values.settings[key] == nil else { throw .twice(key, [key.rawValue, file.name]) }
                files[key] = file
            }
        }
        return files
    }

    private static func texts(of files: [SettingKey: SecretFile]) throws(SettingsError) -> [String: String] {
        var texts: [String: String] = [:]
        for (key, file) in files { texts[key.rawValue] = try file.text() }
        return texts
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
