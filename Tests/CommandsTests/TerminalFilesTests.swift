@testable import Commands
import Contract
import Foundation
import Support
import Testing

@Suite("Paths in a terminal")
struct TerminalFilesTests {
    @Test("quotes, backslashes and a file URL name the same file")
    func pasted() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/two words (1).csv"
            try Data("a,b\n".utf8).write(to: URL(filePath: path))
            let escaped = path.replacing(" ", with: "\\ ").replacing("(", with: "\\(").replacing(
                ")",
                with: "\\)"
            )
            let url = "file://" + path.replacing(" ", with: "%20")
            for line in [path, "'\(path)'", "\"\(path)\"", escaped, url, "/store \(path)"] {
                #expect(try TerminalFiles.read(line)?.file.name == "two words (1).csv", "\(line)")
            }
            #expect(try TerminalFiles.read("/predict 4 \(escaped)")?.caption == "/predict 4")
        }
    }

    @Test("a path without a file to read is refused with a sentence")
    func refused() async throws {
        try await withTemporaryFolder { folder in
            #expect(throws: NoFile.missing("\(folder)/gone.csv")) {
                try TerminalFiles.read("\(folder)/gone.csv")
            }
            #expect(throws: NoFile.folder(folder)) { try TerminalFiles.read("/store \(folder)") }
            #expect(throws: NoFile.noPath) { try TerminalFiles.read("/store") }
            #expect(throws: NoFile.notRegular("/dev/zero")) { try TerminalFiles.read("/dev/zero") }
        }
    }

    @Test("commands and other text are no paths")
    func noPaths() throws {
        for line in [
            "/runs", "/trian", "/train https://walrus.example/x", "hello there", "/predict 4 5.1,3.5",
        ] {
            #expect(try TerminalFiles.read(line)?.file == nil, "\(line)")
        }
    }
}
