import Foundation
import Glibc
import Support
import Testing

/// `okaibot verify` without a chain.
@Suite("Verifying", .serialized, .timeLimit(.minutes(10)))
struct VerifyVerbTests {
    private static let iris = Dataset.irisID

    @Test("a blob is verified by its bytes, and the report says why no chain was asked")
    func verify() async throws {
        try await withWalrus { walrus in
            _ = try await walrus.run("walrus", "put", "iris.csv")
            let plain = try await walrus.run("verify", Self.iris)
            #expect(plain.code == 0)
            #expect(
                plain.output == """
                    blob \(Self.iris)
                      ok     bytes → ID recomputed here, 3858 bytes
                      -      not checked on a chain, because SUI_GRAPHQL_URL is empty

                    """
            )
            // A file whose name is the ID, as get writes one, changes nothing.
            #expect(try await walrus.run("walrus", "get", Self.iris).code == 0)
            #expect(try await walrus.run("verify", Self.iris).output == plain.output)
            let asked = try await walrus.run("verify", Self.iris, "--object", "0x1", "--json")
            #expect(asked.code == 1)
            let report = try JSONDecoder().decode(JSONValue.self, from: Data(asked.output.utf8))
            #expect(report["holds"] == false)
            let findings = report["parts"]?.array?.first?["findings"]?.array
            #expect(findings?.map { $0["verdict"]?.string } == ["holds", "unchecked"])
            let missing = try await walrus.run("verify", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
            #expect(missing.code == 1)
            #expect(missing.output.contains("FAILS  no aggregator has the blob"))
            for wrong in [
                ["verify", "abc"], ["verify", "iris.csv"], ["verify", Self.iris, "--object", "1"],
            ] {
                #expect(try await walrus.run(wrong).code == 2)
            }
        }
    }

    @Test("a receipt without blob IDs is verified by files, and forged figures are found")
    func files() async throws {
        try await withWalrus { walrus in
            #expect(try await walrus.run("train", "iris.csv", "trees=5", "--out", "out").code == 0)
            let verify = ["verify", "out/receipt.json", "--data", "iris.csv", "--train"]
            let good = try await walrus.run(verify)
            #expect(good.code == 0, "\(good.output)\(good.errors)")
            #expect(good.output.contains("ok     bytes → SHA-256 recomputed here, 3858 bytes"))
            #expect(good.output.contains("ok     trained again here: the same model, bit for bit"))
            let out = walrus.folder.appending(path: "out")
            let (standard, own) = (out.appending(path: "model.onnx"), out.appending(path: "model.pkl"))
            try FileManager.default.moveItem(at: standard, to: own)
            #expect(try await walrus.run(verify).code == 0)
            try FileManager.default.moveItem(at: own, to: standard)
            let nameless = try await walrus.run("verify", "out/receipt.json")
            #expect(nameless.code == 1)
            #expect(nameless.output.contains("the option --data names a dataset"))
            let text = String(decoding: try #require(walrus.content("out/receipt.json")), as: UTF8.self)
            let forgeries = [
                (#""testRows":30"#, #""testRows":31"#, "other metrics"),
                (#""size":3858"#, #""size":3857"#, "3857"),
            ]
            for (one, other, words) in forgeries {
                let forged = text.replacing(one, with: other)
                #expect(forged != text)
                try Data(forged.utf8).write(to: walrus.folder.appending(path: "out/receipt.json"))
                let bad = try await walrus.run(verify)
                #expect(bad.code == 1)
                #expect(bad.output.contains(words), "\(bad.output)")
            }
        }
    }

    @Test(
        "an interrupted verification ends at once and leaves no file",
        arguments: [SIGINT, SIGTERM]
    )
    func verificationInterrupted(_ signal: Int32) async throws {
        try await withWalrus { walrus in
            #expect(try await walrus.run("train", "iris.csv", "trees=5", "--out", "out").code == 0)
            let text = String(decoding: try #require(walrus.content("out/receipt.json")), as: UTF8.self)
            let endless = text.replacing(#""trees":5"#, with: #""trees":10000,"folds":100"#)
            try Data(endless.utf8).write(to: walrus.folder.appending(path: "out/receipt.json"))
            let scratch = walrus.folder.appending(path: "scratch").path()
            try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
            let verify = try BotProcess(
                arguments: ["verify", "out/receipt.json", "--data", "iris.csv", "--train"],
                environment: walrus.environment.merging(["TMPDIR": scratch]) { $1 },
                folder: walrus.folder
            )
            try await eventually("the training has begun") {
                try FileManager.default.subpathsOfDirectory(atPath: scratch).contains {
                    $0.hasSuffix("again")
                }
            }
            verify.send(signal)
            let end = await verify.ended()
            #expect(end.code == 1)
            #expect(end.output == "")
            #expect(end.errors.hasSuffix("okaibot: cancelled\n"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch) == [])
        }
    }

    @Test("a receipt is verified with its dataset and model, and by training again")
    func receipt() async throws {
        try await withWalrus { walrus in
            let train = try await walrus.run("train", "iris.csv", "trees=5", "--ids", "--out", "out")
            #expect(train.code == 0, "\(train.errors)")
            for file in ["iris.csv", "out/model.onnx"] {
                #expect(try await walrus.run("walrus", "put", file).code == 0)
            }
            let good = try await walrus.run("verify", "out/receipt.json", "--train")
            #expect(good.code == 0, "\(good.output)\(good.errors)")
            #expect(good.output.contains("dataset \(Self.iris)"))
            #expect(good.output.contains("ok     trained again here: the same model, bit for bit"))
            let id = try await walrus.run("walrus", "put", "out/receipt.json").output.dropLast()
            let byID = try await walrus.run("verify", String(id))
            #expect(byID.code == 0)
            #expect(byID.output.hasPrefix("receipt \(id)\n"))
            // The same dataset with other parameters is another model.
            let text = String(decoding: try #require(walrus.content("out/receipt.json")), as: UTF8.self)
            let forged = text.replacing(#""trees":5"#, with: #""trees":6"#)
            try Data(forged.utf8).write(to: walrus.folder.appending(path: "forged.json"))
            let bad = try await walrus.run("verify", "forged.json", "--train")
            #expect(bad.code == 1)
            #expect(bad.output.contains("FAILS  training again gave another model"))
            let json = try await walrus.run("verify", "forged.json", "--train", "--json").output
            let report = try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8))
            #expect(report["reproduced"] == false)
            let foreign = try await walrus.run("verify", Self.iris, "--train")
            #expect(foreign.code == 1)
            #expect(foreign.output.contains("FAILS  not trained again: the blob is not a receipt"))
        }
    }
}
