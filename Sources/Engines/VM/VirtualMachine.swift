import Contract
import Foundation
import Glibc
import Jobs

/// One virtual machine, as it lies in its folder.
struct VirtualMachine: Sendable {
    let key: WorkerKey
    let path: String

    init(key: WorkerKey, folder: String) {
        self.key = key
        path = "\(folder)/\(key)"
    }

    /// Stands in the arguments of its process, and nobody else's.
    var name: String { "okai-\(key)" }
    var console: String { "\(path)/console" }
    var pidFile: String { "\(path)/pid" }
    var settings: String { "\(path)/settings.json" }

    /// Its process, if that is there.
    var pid: Int32? {
        guard let text = FileManager.default.contents(atPath: pidFile),
            let pid = Int32(
                String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            ),
            let arguments = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline")
        else { return nil }
        // Another process may have the number by now.
        let words = arguments.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
        return words.contains(name) && words.contains { $0.contains(path) } ? pid : nil
    }

    var isAlive: Bool { pid != nil }

    /// The last lines of what it wrote to its serial console.
    var consoleEnd: [String] {
        guard let file = FileHandle(forReadingAtPath: console) else { return [] }
        defer { try? file.close() }  // read only: nothing is lost
        let size = (try? file.seekToEnd()) ?? 0  // an unreadable console has no last words
        try? file.seek(toOffset: size > 8_192 ? size - 8_192 : 0)
        let bytes = (try? file.readToEnd()) ?? Data()
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(10)
        return lines.map { "console: " + String($0.filter { $0.isASCII && !$0.isControl }.prefix(300)) }
    }

    /// Makes its folder anew, with what it is to be told.
    func prepare(settings bytes: [UInt8]) throws {
        remove()
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let isMade = FileManager.default.createFile(
            atPath: settings,
            contents: Data(bytes),
            attributes: [.posixPermissions: 0o600]
        )
        guard isMade else { throw EngineError.cannotStart("cannot write \(settings)") }
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)  // the next tidying tries again
    }
}

extension Character {
    fileprivate var isControl: Bool { asciiValue.map { $0 < 32 || $0 == 127 } ?? false }
}
