import Foundation
import Glibc
import Support
import Testing
import Walrus

@Suite("Files that appear when they are whole")
struct PartialFileTests {
    private func write(_ text: String, to path: String) throws {
        let file = try PartialFile(for: path)
        try file.append(Array(text.utf8))
        try file.keep()
    }

    private func text(_ path: String) -> String? {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("a file that is replaced leaves its mode to the new one")
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
        "what is there and no regular file is refused, and stays",
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

    @Test("a link is followed")
    func link() async throws {
        try await withTemporaryFolder { folder in
            try write("old", to: "\(folder)/file")
            #expect(symlink("file", "\(folder)/link") == 0)
            try write("new", to: "\(folder)/link")
            #expect(text("\(folder)/file") == "new")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link") == "file")
        }
    }

    @Test("a name may be as long as names may be, and longer ones are refused at once")
    func longNames() async throws {
        try await withTemporaryFolder { folder in
            let longest = String(repeating: "\u{e4}", count: 127) + "x"
            try write("x", to: "\(folder)/\(longest)")
            #expect(text("\(folder)/\(longest)") == "x")
            #expect(throws: WalrusError.self) { _ = try PartialFile(for: "\(folder)/\(longest)x") }
        }
    }
}
