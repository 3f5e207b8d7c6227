import Foundation

/// A file that holds the value of one secret setting, so that the value is in no environment and no process list.
struct SecretFile: Equatable {
    /// The setting, with where its file was named, such as `TELEGRAM_BOT_TOKEN_FILE`.
    let name: String
    let path: String

    /// The largest file, in bytes; secrets are far smaller.
    private static let limit = 16_384

    /// The file that `environment` names for the setting; nil if it names none.
    ///
    /// That is `<SETTING>_FILE`, or a credential of systemd: a file in `$CREDENTIALS_DIRECTORY` with the name of the
    /// setting, in capitals or not.
    static func named(_ key: SettingKey, in environment: [String: String]) throws(SettingsError)
        -> SecretFile?
    {
        var files: [SecretFile] = []
        if let path = environment[key.fileName], !path.isEmpty {
            files.append(SecretFile(name: key.fileName, path: path))
        }
        if let folder = environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty {
            files += [key.rawValue, key.rawValue.lowercased()]
                .filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)") }
                .map { SecretFile(name: "the credential \($0)", path: "\(folder)/\($0)") }
        }
        guard files.count < 2 else { throw .twice(key, files.map(\.name)) }
        return files.first
    }

    /// The text in the file, without line ends after it, and without the byte-order mark of some editors before it.
    func text() throws(SettingsError) -> String {
        let data: Data
        do {
            let file = try FileHandle(forReadingFrom: URL(filePath: path))
            data = try file.read(upToCount: Self.limit + 1) ?? Data()
        } catch {
            throw .badSecretFile(self, "it cannot be read")
        }
        guard data.count <= Self.limit else { throw .badSecretFile(self, "it is larger than 16 KiB") }
        guard var text = String(validating: data, as: UTF8.self) else {
            throw .badSecretFile(self, "it is not UTF-8 text")
        }
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        while text.last?.isNewline == true { text.removeLast() }
        guard !text.isEmpty else { throw .badSecretFile(self, "it is empty") }
        guard !text.contains(where: \.isNewline) else {
            throw .badSecretFile(self, "it has more than one line")
        }
        return text
    }
}

extension SettingKey {
    /// The name of the variable that names the file of a secret setting.
    var fileName: String { "\(rawValue)_FILE" }
}
