import Foundation
import Support
import Testing
import Walrus

@testable import Worker

@Suite("Folders for results")
struct ResultFolderTests {
    @Test("where one file cannot be moved in, all is as it was")
    func rollback() async throws {
        try await withTemporaryFolder { folder in
            let (out, work) = ("\(folder)/out", "\(folder)/work")
            let results = try ResultFolder(out)
            try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: false)
            try Data("old".utf8).write(to: URL(filePath: "\(out)/model.onnx"))
            for name in ["model.onnx", "receipt.json"] {
                try Data("new".utf8).write(to: URL(filePath: "\(work)/\(name)"))
            }
            let files = ["\(work)/model.onnx", "\(work)/receipt.json", "\(work)/missing"]
            #expect(throws: WalrusError.self) { try results.take(files, aside: "\(work)/earlier") }
            #expect(try FileManager.default.contentsOfDirectory(atPath: out) == ["model.onnx"])
            #expect(FileManager.default.contents(atPath: "\(out)/model.onnx") == Data("old".utf8))
            try results.take(Array(files.prefix(2)), aside: "\(work)/later")
            #expect(FileManager.default.contents(atPath: "\(out)/model.onnx") == Data("new".utf8))
        }
    }
}
