import Foundation
import Support
import Testing

@Suite("The command line of okai-worker", .timeLimit(.minutes(10)))
struct ProgramTests {
    @Test(
        "wrong usage prints one line and ends with status 2",
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

    @Test("an unreadable request is not printed")
    func discreet() async throws {
        let input = #"{"launch": {"launchToken": "topsecret", "job": 1}}"#
        let result = try await Program("okai-worker").run(["launch"], input: input.utf8)
        #expect(result.status == 2)
        #expect(result.errors.contains("the JSON of a launch request"))
        #expect(!result.errors.contains("topsecret"))
    }
}
