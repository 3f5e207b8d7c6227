import Contract
import Foundation
import Glibc
import Jobs

/// A virtual machine and its folder, which holds the settings, the console output and the process id.
struct VirtualMachine: Sendable {
    let key: WorkerKey
    /// The path of the machine's folder.
    let path: String

    init(key: WorkerKey, folder: String) {
        self.key = key
        path = "\(folder)/\(key)"
    }

    /// An argument of the qemu process, by which ``pid`` recognises the process.
    var name: String { "okai-\(key)" }
    var consolePath: String { "\(path)/console" }
    var pidPath: String { "\(path)/pid" }
    var settingsPath: String { "\(path)/settings.json" }

    /// The id of the qemu process; nil if the process does not run.
    var pid: Int32? {
        guard let text = FileManager.default.contents(atPath: pidPath),
            let pid = Int32(
                String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            ),
            let arguments = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
        else { return nil }
        // Another process may have the saved id now.
        let words = arguments.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return words.contains(name) && words.contains { $0.contains(path) } ? pid : nil
    }

    var isAlive: Bool { pid != nil }

    /// The last ten lines that the machine wrote to its serial console.
    var lastConsoleLines: [String] {
        guard let file = FileHandle(forReadingAtPath: consolePath) else { return [] }
        defer { try? file.close() }  // The file was only read.
        let size = (try? file.seekToEnd()) ?? 0  // An unreadable file gives no lines.
        try? file.seek(toOffset: size > 8_192 ? size - 8_192 : 0)
        let bytes = (try? file.readToEnd()) ?? Data()
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(10)
        return lines.map { "console: " + String($0.filter { $0.isASCII && !$0.isControl }.prefix(300)) }
    }

    /// Replaces the folder with a new one that holds only the settings for the machine's boot.
    func prepare(settings bytes: [UInt8]) throws {
        remove()
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let isMade = FileManager.default.createFile(
            atPath: settingsPath,
            contents: Data(bytes),
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade else { throw EngineError.cannotStart("cannot write \(settingsPath)") }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)  // The next sweep tries again.
    }
}

extension Character {
    fileprivate var isControl: Bool { asciiValue.map { $0 < 32 || $0 == 127 } ?? false }
}
