import CEdit
import Foundation
import Glibc

/// The lines that were typed before, in a file that only its owner can read.
@safe final class EditHistory {
    /// How many lines are kept.
    private static let most = 500
    /// A line longer than this, in bytes, is not kept: it was pasted.
    private static let longest = 4_096

    let list: OpaquePointer
    private let path: String
    private let keeps: (String) -> Bool
    private var lines: [String]

    /// Reads the file; `keeps` tells which lines may be kept.
    init?(path: String, keeps: @escaping (String) -> Bool) {
        guard let list = unsafe history_init() else { return nil }
        unsafe self.list = unsafe list
        (self.path, self.keeps) = (path, keeps)
        let text =
            FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        lines = text.split(separator: "\n").suffix(Self.most).map(String.init)
        _ = unsafe okai_history_set_size(list, Int32(Self.most))
        for line in lines { _ = unsafe okai_history_enter(list, line) }
    }

    /// Adds the line to the list, and writes the file.
    ///
    /// A line that starts with a space is not kept, as in a shell. A file that cannot be written is no reason to stop.
    func add(_ typed: String) {
        let line = typed.split(whereSeparator: \.isNewline).joined(separator: " ")
        guard !line.isEmpty, line.first != " ", line.utf8.count <= Self.longest, line != lines.last,
            keeps(line)
        else { return }
        _ = unsafe okai_history_enter(list, line)
        lines = (lines + [line]).suffix(Self.most)
        save(lines.joined(separator: "\n") + "\n")
    }

    private func save(_ text: String) {
        let new = "\(path).new"
        let file = unsafe open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        _ = fchmod(file, 0o600)
        let bytes = Array(text.utf8)
        let isWritten = unsafe write(file, bytes, bytes.count) == bytes.count
        close(file)
        if isWritten { unsafe rename(new, path) } else { unsafe unlink(new) }
    }

    deinit {
        unsafe history_end(list)
    }
}
