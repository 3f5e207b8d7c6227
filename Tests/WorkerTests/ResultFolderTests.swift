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

    @Test("neither a folder nor the dataset is replaced by a result")
    func room() async throws {
        try await withTemporaryFolder { folder in
            let results = try ResultFolder(folder)
            try results.requireRoom(for: ["model.onnx", "report.json"], dataset: nil)
            try Data("a,y\n".utf8).write(to: URL(filePath: "\(folder)/report.json"))
            try results.requireRoom(for: ["model.onnx", "report.json"], dataset: nil)
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/table.csv",
                withDestinationPath: "\(folder)/report.json"
            )
            #expect(throws: WalrusError.self) {
                try results.requireRoom(for: ["model.onnx", "report.json"], dataset: "\(folder)/table.csv")
            }
            try FileManager.default.createDirectory(
                atPath: "\(folder)/model.onnx",
                withIntermediateDirectories: false
            )
            #expect(throws: WalrusError.self) { try results.requireRoom(for: ["model.onnx"], dataset: nil) }
        }
    }

    @Test("what a killed training left is removed by the next, and what another is at is not")
    func leftovers() async throws {
        try await withTemporaryFolder { folder in
            let results = try ResultFolder(folder)
            let (live, hold) = try results.workFolder()
            try FileManager.default.createDirectory(
                atPath: "\(folder)/.okai-dead/earlier",
                withIntermediateDirectories: true
            )
            let (next, nextHold) = try results.workFolder()
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(Set(left.map { "\(folder)/\($0)" }) == [live.path, next.path])
            withExtendedLifetime((hold, nextHold)) {}
        }
    }
}
