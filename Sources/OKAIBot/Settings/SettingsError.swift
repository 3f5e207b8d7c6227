/// What is wrong with the configuration.
enum SettingsError: Error, Equatable, CustomStringConvertible {
    case unreadable(String)
    case malformed(String)
    /// The value of the key in the file at the path is neither a text nor a whole number.
    case malformedValue(String, String)
    /// The key, and the path of the file.
    case unknownKey(String, String)
    /// The setting, its value, and the allowed values in words.
    case wrong(SettingKey, String, String)
    case missing(SettingKey)
    /// The setting, and where it was given.
    case twice(SettingKey, [String])
    /// The file of a secret, and what is wrong with it.
    case badSecretFile(SecretFile, String)
    /// The setting, and why this machine cannot use its value.
    case unusable(SettingKey, String)

    var description: String {
        switch self {
        case .unreadable(let path): "cannot read the configuration file \(path)"
        case .malformed(let path):
            "the configuration file \(path) is not a JSON object whose values are texts and whole numbers"
        case .malformedValue(let key, let path):
            "\(key) must be a text or a whole number in the configuration file \(path)"
        case .unknownKey(let key, let path):
            "there is no setting \"\(key)\" (in \(path)); there are: "
                + SettingKey.allCases.map(\.rawValue).joined(separator: ", ")
        case .wrong(let key, let value, let allowed):
            "\(key.rawValue) must be \(allowed), but is " + (key.isSecret ? "something else" : "\"\(value)\"")
        case .missing(let key): "\(key.rawValue) is missing: \(key.meaning)"
        case .twice(let key, let places):
            "\(key.rawValue) is given twice, by \(places.joined(separator: " and by ")): keep one of them"
        case .badSecretFile(let file, let problem):
            "\(file.name): the file \(file.path) must hold the secret in one line, but \(problem)"
        case .unusable(let key, let reason): "\(key.rawValue): \(reason)"
        }
    }
}
