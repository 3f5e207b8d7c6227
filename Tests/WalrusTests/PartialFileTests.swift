import Foundation
import Glibc
import Support
import Testing
import Walrus

@Suite("Partial files")
struct PartialFileTests {
    private func write(_ text: String, to path: String) throws {
        let file = try PartialFile(for: path)
        try file.append(Array(text.utf8))
        try file.commit()
    }

    private func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("a new file has the mode of the file that it replaces")
    func mode() async throws {
        try await withTemporaryFolder { folder in
            try write("old", to: "\(folder)/file")
            #expect(chmod("\(folder)/file", 0o640) == 0)
            try write("new", to: "\(folder)/file")
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/file")
            #expect(attributes[.posixPermissions] as? Int == 0o640)
            #expect(text("\(folder)/file") == "new")
        }
    }

    @Test(
        "an existing path that is not a regular file is an error and does not change",
        arguments: ["fifo", "folder", "dangling"]
    )
    func noFile(_ name: String) async throws {
        try await withTemporaryFolder { folder in
            #expect(mkfifo("\(folder)/fifo", 0o600) == 0)
            #expect(mkdir("\(folder)/folder", 0o700) == 0)
            #expect(symlink("nothing", "\(folder)/dangling") == 0)
            #expect(throws: WalrusError.self) { try write("x", to: "\(folder)/\(name)") }
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names.sorted() == ["dangling", "fifo", "folder"])
        }
    }

    @Test("the target of a symbolic link is replaced")
    func link() async throws {
        try await withTemporaryFolder { folder in
            try write("old", to: "\(folder)/file")
            #expect(symlink("file", "\(folder)/link") == 0)
            try write("new", to: "\(folder)/link")
            #expect(text("\(folder)/file") == "new")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link") == "file")
        }
    }

    @Test("a name can have 255 bytes, and a longer one is an error at once")
    func longNames() async throws {
        try await withTemporaryFolder { folder in
            let longest = String(repeating: "\u{e4}", count: 127) + "x"
            try write("x", to: "\(folder)/\(longest)")
            #expect(text("\(folder)/\(longest)") == "x")
            #expect(throws: WalrusError.self) { _ = try PartialFile(for: "\(folder)/\(longest)x") }
        }
    }
}
