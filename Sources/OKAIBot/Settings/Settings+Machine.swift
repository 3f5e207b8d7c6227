import Contract
import Engines
import Foundation
import Glibc
import HTTP

extension Settings {
    /// Checks that this machine has the files, programs and devices that the settings name.
    ///
    /// A run that needs them would fail much later, and would not name the setting.
    ///
    /// - Throws: ``SettingsError/unusable(_:_:)``.
    func checkMachine() throws(SettingsError) {
        for name in commands.names {
            guard let path = commands[name] else { continue }
            try Self.check(program: path, .commands, as: "\(name)=\(path)")
        }
        if let program = imageCommand?.first {
            try Self.check(program: program, .imageCommand, as: program)
        }
        if let vmImage { try Self.check(image: vmImage) }
        if Self.isFolder(imageFolder) == false {
            throw .unusable(.imageFolder, "\(imageFolder) is a file: name a folder")
        }
        if vmPlan.accelerator == "kvm", access("/dev/kvm", R_OK | W_OK) != 0 {
            throw .unusable(
                .accelerator,
                "this machine has no /dev/kvm that this user can use: choose tcg, or give the user access"
            )
        }
    }

    /// Checks what `serve` needs besides: an address to listen on, and an account for the machines that it rents.
    ///
    /// - Throws: ``SettingsError/unusable(_:_:)``.
    func checkService() throws(SettingsError) {
        try ListenAddress(host: host).check()
        if engine == .fluence, fluence == nil {
            throw .unusable(
                .engine,
                "fluence needs an account: set \(SettingKey.fluenceKey.rawValue), or choose another engine"
            )
        }
        if fluence != nil, publicURL == nil {
            throw .unusable(
                .fluenceKey,
                "rented machines reach the bot at its public URL: set \(SettingKey.publicURL.rawValue), too"
            )
        }
    }

    private static func check(image: String) throws(SettingsError) {
        let isURL = ["http://", "https://"].contains { image.hasPrefix($0) }
        let isUsable =
            isURL ? (try? BaseURL(image)) != nil : isFolder(image) == false && access(image, R_OK) == 0
        guard isUsable else {
            throw .unusable(
                .vmImage,
                "\(Redaction.redact(image)) is neither a file that can be read nor a URL: name an image"
            )
        }
    }

    /// Checks that the program can be run; one without a slash is looked for as a shell does.
    private static func check(program: String, _ key: SettingKey, as text: String) throws(SettingsError) {
        let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let paths =
            program.contains("/") ? [program] : folders.split(separator: ":").map { "\($0)/\(program)" }
        if paths.contains(where: { isFolder($0) == false && access($0, X_OK) == 0 }) { return }
        let problem =
            switch paths.first(where: { isFolder($0) != nil }) {
            case nil: "there is no such file"
            case let path?: isFolder(path) == true ? "that is a folder" : "that file cannot be run (chmod +x)"
            }
        throw .unusable(key, "\(text): \(problem): name a program")
    }

    /// Nil if there is nothing at the path.
    private static func isFolder(_ path: String) -> Bool? {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) ? isFolder.boolValue : nil
    }
}
