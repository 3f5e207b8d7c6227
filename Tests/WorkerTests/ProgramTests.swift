import Foundation
import Support
import Testing

@Suite("The command line of okai-worker", .timeLimit(.minutes(1)))
struct ProgramTests {
    @Test(
        "wrong usage is one sentence and status 2",
        arguments: zip(
            [[], ["dance"], ["run", "now"], ["run"], ["train"], ["launch"], ["predict"], ["verify"]],
            ["", "", "", "{}", #"{"out": 7}"#, "no JSON", #"{"model": "m"}"#, #"{"train": true}"#]
        )
    )
    func wrongUsage(arguments: [String], input: String) async throws {
        let result = try await Program("okai-worker").run(arguments, input: input.utf8)
        #expect(result.status == 2)
        #expect(result.output == "")
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test("a refused request is said to be one, and never shown")
    func discreet() async throws {
        let input = #"{"launch": {"launchToken": "topsecret", "job": 1}}"#
        let result = try await Program("okai-worker").run(["launch"], input: input.utf8)
        #expect(result.status == 2)
        #expect(result.errors.contains("LaunchRequest"))
        #expect(!result.errors.contains("topsecret"))
    }
}
