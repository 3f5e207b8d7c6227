/// What is wrong with the configuration.
enum SettingsError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case malformed(String)
    /// The key, and the path of the file.
    case unknownKey(String, String)
    /// The setting, its value, and the allowed values in words.
    case wrong(SettingKey, String, String)
    case missing(SettingKey)

    var description: String {
        switch self {
        case .unreadable(let path): "cannot read the configuration file \(path)"
        case .malformed(let path):
            "the configuration file \(path) is not a JSON object whose values are texts and whole numbers"
        case .unknownKey(let key, let path):
            "there is no setting \"\(key)\" (in \(path)); there are: "
                + SettingKey.allCases.map(\.rawValue).joined(separator: ", ")
        case .wrong(let key, let value, let allowed):
            "\(key.rawValue) must be \(allowed), but is \"\(key.isSecret ? "…" : value)\""
        case .missing(let key): "\(key.rawValue) is missing: \(key.meaning)"
        }
    }
}
