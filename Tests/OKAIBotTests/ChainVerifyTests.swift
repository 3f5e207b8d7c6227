import Foundation
import Support
import Testing
import Walrus

/// `okaibot verify` with a fake chain.
@Suite("Verifying against the chain", .serialized, .timeLimit(.minutes(10)))
struct ChainVerifyTests {
    private static let iris = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"
    private static let decimal =
        "108385749017503084033109954555194874769585238214027770690321012796192829893783"

    /// The preparation of the chain, the value of `--object`, the exit code, and the line about the chain.
    private static let cases: [(@Sendable (SuiFake) -> Void, String?, Int32, String)] = [
        (certify, nil, 0, "ok     registered and certified on Sui testnet until epoch 45 (about "),
        (certify, "0xb", 0, "ok     registered and certified on Sui testnet until epoch 45 (about "),
        (
            { $0.put("0xb", blob: decimal, size: 3_858, certified: "null") }, "0xb", 1,
            "FAILS  registered on Sui testnet, but not certified"
        ),
        (certify, "0xc", 1, "FAILS  Sui testnet has no object 0xc"),
        ({ _ in }, nil, 1, "-      not checked on Sui testnet, because no object address is given"),
        ({ $0.change { $0.answer = "<html>" } }, nil, 1, "-      not checked on Sui testnet, because "),
        ({ $0.change { $0.answer = "<html>" } }, "0xb", 1, "-      not checked on Sui testnet, because "),
    ]

    private static let certify: @Sendable (SuiFake) -> Void = { chain in
        chain.put("0xb", blob: decimal, size: 3_858)
        chain.change { $0.certifications = [(decimal, "0xb")] }
    }

    @Test("a line reports the chain's answer, and the exit code tells whether everything holds")
    func lines() async throws {
        try await withWalrus { walrus in
            _ = try await walrus.run("walrus", "put", "iris.csv")
            for (prepare, object, code, line) in Self.cases {
                let chain = SuiFake()
                prepare(chain)
                try await chain.serve { network in
                    var walrus = walrus
                    walrus.environment["SUI_GRAPHQL_URL"] = "\(network.graphQL)"
                    let without = try await walrus.run("verify", Self.iris, "--no-chain")
                    #expect(without.code == 0)
                    #expect(without.output.contains("because --no-chain is given"))
                    let arguments = ["verify", Self.iris] + (object.map { ["--object", $0] } ?? [])
                    let lines = try await walrus.run(arguments)
                    #expect(lines.code == code, "\(lines.output)\(lines.errors)")
                    let second = lines.output.split(separator: "\n").dropFirst(2).first ?? ""
                    #expect(second.hasPrefix("  \(line)"), "\(second)")
                    let json = try await walrus.run(arguments + ["--json"])
                    #expect(json.code == code)
                    let report = try JSONDecoder().decode(JSONValue.self, from: Data(json.output.utf8))
                    #expect(report["holds"] == (code == 0 ? true : false))
                    let finding = report["parts"]?.array?.first?["findings"]?.array?.last
                    #expect(finding?["by"]?.string == "Sui testnet, through \(network.graphQL)")
                    let registration = finding?["registration"]
                    #expect((registration == nil) == !line.contains("egistered"))
                    if code == 0 {
                        #expect(registration?["certified"] == true)
                        #expect(registration?["deletable"] == false)
                        #expect(registration?["endEpoch"] == 45)
                        #expect(registration?["endDate"]?.string.map { second.contains($0) } == true)
                        #expect(registration?["object"]?.string == "0xb")
                    }
                    #expect(finding?["text"]?.string.map { second.hasSuffix($0) } == true)
                }
            }
        }
    }
}
