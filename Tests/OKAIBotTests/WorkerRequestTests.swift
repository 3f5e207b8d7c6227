import ArgumentParser
import Contract
import Foundation
import Support
import Testing

@testable import OKAIBot

@Suite("Requests of okaibot's verbs to okai-worker")
struct WorkerRequestTests {
    private static let blob = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"

    /// Reads the request as the worker does.
    private func read(_ request: WorkerRequest) throws -> WorkerRequest {
        try WorkerRequest(request.verb, from: request.encoded())
    }

    @Test("the worker reads what train writes, for a file and for a blob")
    func train() async throws {
        try await withTemporaryFolder { folder in
            let file = "\(folder)/iris.csv"
            try Data("a,b\n1,2\n".utf8).write(to: URL(filePath: file))
            let fromFile = try Train.parse([file, "trees=5", "--out", "out", "--ids"]).request()
            #expect((fromFile.file, fromFile.blob, fromFile.ids) == (file, nil, true))
            #expect(fromFile.parameters.trees == 5)
            #expect(try read(.train(fromFile)) == .train(fromFile))
            let fromBlob = try Train.parse([Self.blob, "--out", "out", "--json"]).request()
            #expect((fromBlob.file, fromBlob.blob, fromBlob.json) == (nil, try BlobID(Self.blob), true))
            #expect(fromBlob.walrus != nil)
            #expect(try read(.train(fromBlob)) == .train(fromBlob))
        }
    }

    @Test("the worker reads what predict writes")
    func predict() async throws {
        try await withTemporaryFolder { folder in
            let paths = ["\(folder)/model.onnx", "\(folder)/rows.csv"]
            for path in paths { try Data().write(to: URL(filePath: path)) }
            let request = try Predict.parse(paths + ["separator=semicolon", "--json"]).request()
            #expect([request.model, request.csv] == paths)
            #expect((request.dialect.separator, request.json) == (.semicolon, true))
            #expect(try read(.predict(request)) == .predict(request))
        }
    }

    @Test("the worker reads what verify writes, for a blob and for a receipt")
    func verify() async throws {
        try await withTemporaryFolder { folder in
            let ofBlob = try Verify.parse([Self.blob, "--no-chain", "--json"]).request()
            #expect((ofBlob.blob, ofBlob.receipt) == (try BlobID(Self.blob), nil))
            #expect(ofBlob.walrus.chain == nil)
            #expect(try read(.verify(ofBlob)) == .verify(ofBlob))
            let receipt = "\(folder)/receipt.json"
            try Data("{}".utf8).write(to: URL(filePath: receipt))
            let ofReceipt = try Verify.parse([receipt, "--data", "iris.csv", "--train"]).request()
            #expect((ofReceipt.receipt, ofReceipt.data, ofReceipt.train) == (receipt, "iris.csv", true))
            #expect(try read(.verify(ofReceipt)) == .verify(ofReceipt))
        }
    }
}
