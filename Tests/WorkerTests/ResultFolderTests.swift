import Foundation
import Support
import Testing
import Walrus

@testable import Worker

@Suite("The result folder")
struct ResultFolderTests {
    @Test("if one result cannot be moved, all moves are reversed")
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
            #expect(throws: WalrusError.self) {
                try results.replaceResults(with: files, movingOldTo: "\(work)/earlier")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: out) == ["model.onnx"])
            #expect(FileManager.default.contents(atPath: "\(out)/model.onnx") == Data("old".utf8))
            try results.replaceResults(with: Array(files.prefix(2)), movingOldTo: "\(work)/later")
            #expect(FileManager.default.contents(atPath: "\(out)/model.onnx") == Data("new".utf8))
        }
    }

    @Test("a result replaces neither a folder nor the dataset")
    func room() async throws {
        try await withTemporaryFolder { folder in
            let results = try ResultFolder(folder)
            try results.requireReplaceable(["model.onnx", "report.json"], dataset: nil)
            try Data("a,y\n".utf8).write(to: URL(filePath: "\(folder)/report.json"))
            try results.requireReplaceable(["model.onnx", "report.json"], dataset: nil)
            try FileManager.default.createSymbolicLink(
                atPath: "\(folder)/table.csv",
                withDestinationPath: "\(folder)/report.json"
            )
            #expect(throws: WalrusError.self) {
                try results.requireReplaceable(["model.onnx", "report.json"], dataset: "\(folder)/table.csv")
            }
            try FileManager.default.createDirectory(
                atPath: "\(folder)/model.onnx",
                withIntermediateDirectories: false
            )
            #expect(throws: WalrusError.self) { try results.requireReplaceable(["model.onnx"], dataset: nil) }
        }
    }

    @Test("the folder of a killed training is removed by the next one, that of a running training is not")
    func leftovers() async throws {
        try await withTemporaryFolder { folder in
            let results = try ResultFolder(folder)
            let (live, lock) = try results.createWorkFolder()
            try FileManager.default.createDirectory(
                atPath: "\(folder)/.okai-dead/earlier",
                withIntermediateDirectories: true
            )
            let (next, nextLock) = try results.createWorkFolder()
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(Set(left.map { "\(folder)/\($0)" }) == [live.path, next.path])
            withExtendedLifetime((lock, nextLock)) {}
        }
    }
}
