import Contract
import Foundation
import Glibc
import Support
import Testing

@Suite("The command line", .serialized)
struct CommandLineTests {
    @Test(
        "an invalid command line ends with 2 and the usage",
        arguments: [["bogus"], ["walrus", "id"]]
    )
    func invalidCommandLine(_ arguments: [String]) async throws {
        let end = try await run(arguments)
        #expect(end.code == 2)
        #expect(end.errors.hasPrefix("Error: "))
        #expect(end.errors.contains("Usage: okaibot"))
    }

    @Test(
        "an invalid value ends with 2 and one sentence",
        arguments: [
            (["train", "nofile", "--out", "x"], "\"nofile\" is neither a file nor a blob ID"),
            (
                ["train", "/dev/null", "trees=0", "--out", "x"],
                "trees is a whole number from 1 to 10000, but you sent \"0\""
            ),
            (
                ["train", "/dev/null", "command=mine", "--out", "x"],
                "there is no training command \"mine\"; this bot's owner configured none"
            ),
            (["predict", "nofile", "/dev/null"], "there is no file \"nofile\""),
            (
                ["walrus", "get", "abc"],
                "\"abc\" is not a Walrus blob ID, which has 43 letters, digits, - or _"
            ),
        ]
    )
    func invalidValue(_ arguments: [String], _ sentence: String) async throws {
        let end = try await run(arguments)
        #expect(end.code == 2)
        #expect(end.errors == "okaibot: \(sentence)\n")
    }

    @Test("walrus id prints only the ID", .timeLimit(.minutes(10)))
    func id() async throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/iris.csv")
            .path()
        #expect(
            try await run(["walrus", "id", path]).output == "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8\n"
        )
        #expect(try await run(["walrus", "id", path, "--shards", "3"]).code == 2)
        #expect(try await run(["walrus", "id", "/nowhere"]).code == 1)
    }

    @Test(
        "train writes a model, a report and a receipt, and predict reads the model",
        .timeLimit(.minutes(10))
    )
    func train() async throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/iris.csv")
            .path()
        try await withTestFolder { folder in
            let trained = try await BotProcess(
                "okaibot",
                ["train", path, "trees=20", "--out", "out", "--json"],
                folder: folder
            ).ended()
            #expect(trained.code == 0)
            let printed = try Wire.decode([String: AnyRecord].self, from: Array(trained.output.utf8))
            #expect(printed["receipt"]?.parameters?.trees == 20)
            #expect(printed["report"]?.testRows == 30)
            let files = try FileManager.default.contentsOfDirectory(
                atPath: folder.appending(path: "out").path()
            )
            #expect(files.sorted() == ["model.onnx", "receipt.json", "report.json"])
            let predicted = try await BotProcess(
                "okaibot",
                ["predict", "out/model.onnx", path, "--json"],
                folder: folder
            ).ended()
            #expect(predicted.output.split(separator: "\n").count == 150)
            let swapped = try await BotProcess(
                "okaibot",
                ["predict", path, "out/model.onnx"],
                folder: folder
            )
            .ended()
            #expect(swapped.code == 1)
            #expect(
                swapped.errors
                    == "okaibot: \(path): this is not a model made by OKAI Bot: it is not an ONNX file\n"
            )
        }
    }

    @Test(
        "an interrupted training ends at once and leaves the folder as it was",
        arguments: [SIGINT, SIGTERM]
    )
    func interrupted(_ signal: Int32) async throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/iris.csv")
            .path()
        try await withTestFolder { folder in
            let out = folder.appending(path: "out").path()
            try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: folder.appending(path: "out/notes"))
            let arguments = ["train", path, "trees=10000", "folds=100", "permute=100", "--out", "out"]
            let train = try BotProcess("okaibot", arguments, folder: folder)
            try await eventually("the training has begun") {
                try FileManager.default.contentsOfDirectory(atPath: out).count == 2
            }
            train.send(signal)
            let end = await train.ended()
            #expect(end.code == 1)
            #expect(end.output == "")
            #expect(end.errors.hasSuffix("okaibot: cancelled\n"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: out) == ["notes"])
        }
    }

    /// A few fields of a receipt or a report.
    private struct AnyRecord: Decodable {
        var parameters: TrainParameters?
        var testRows: Int?
    }

    @Test("config masks secrets and reports unknown keys", .timeLimit(.minutes(10)))
    func configuration() async throws {
        let end = try await run(["config"], ["TELEGRAM_BOT_TOKEN": "123:AASecretSecret"])
        #expect(end.code == 0)
        #expect(end.output.contains("TELEGRAM_BOT_TOKEN=(set)"))
        #expect(!end.output.contains("Secret"))
        try await withTestFolder { folder in
            try Data(#"{"WEBHOOK_PROT": 1}"#.utf8).write(to: folder.appending(path: "c.json"))
            let end = try await BotProcess("okaibot", ["config", "--config", "c.json"], folder: folder)
                .ended()
            #expect(end.code == 2)
            #expect(end.errors.contains("there is no setting \"WEBHOOK_PROT\""))
        }
    }

    private func run(_ arguments: [String], _ environment: [String: String] = [:]) async throws
        -> BotProcess.End
    {
        try await withTestFolder {
            try await BotProcess("okaibot", arguments, environment: environment, folder: $0).ended()
        }
    }
}
