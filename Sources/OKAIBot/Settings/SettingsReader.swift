import Configuration
import Foundation

/// Reads settings: the environment takes precedence over the file, the file over the defaults.
struct SettingsReader {
    private let reader: ConfigReader

    /// - Throws: ``SettingsError`` for a file that cannot be read, or that holds keys which do not exist.
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

    /// The value as text; nil where there is neither a value nor a default.
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

    /// A flat object whose keys are the names of the environment variables.
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

    /// A text or a number.
    private struct Scalar: Decodable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int.self) {  // else it is a text
                text = "\(number)"
            } else {
                text = try container.decode(String.self)
            }
        }
    }
}

extension SettingKey {
    /// The key of `WEBHOOK_PORT` in swift-configuration: webhook.port.
    fileprivate var components: [String] { rawValue.lowercased().split(separator: "_").map(String.init) }
}

/// What is wrong with the configuration.
enum SettingsError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case malformed(String)
    case unknownKey(String, String)
    case wrong(SettingKey, String, String)
    case missing(SettingKey)

    var description: String {
        switch self {
        case .unreadable(let path): "cannot read the configuration file \(path)"
        case .malformed(let path):
            "the configuration file \(path) is not a JSON object of texts and numbers"
        case .unknownKey(let key, let path):
            "there is no setting \"\(key)\" (in \(path)); there are: "
                + SettingKey.allCases.map(\.rawValue).joined(separator: ", ")
        case .wrong(let key, let value, let allowed):
            "\(key.rawValue) must be \(allowed), but is \"\(key.isSecret ? "…" : value)\""
        case .missing(let key): "\(key.rawValue) is missing: \(key.meaning)"
        }
    }
}
