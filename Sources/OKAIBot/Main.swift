import ArgumentParser
import Foundation

/// The program `okaibot`: parses the command line and runs one verb.
@main
struct OKAIBot {
    static func main() async {
        do {
            var verb = try Verbs.parseAsRoot()
            if var verb = verb as? any AsyncParsableCommand { try await verb.run() } else { try verb.run() }
        } catch {
            exit(Self.code(afterTelling: error))
        }
    }

    /// Says what is wrong where people look for it; 0 done, 1 failed, 2 wrong usage.
    private static func code(afterTelling error: any Error) -> Int32 {
        let code = Verbs.exitCode(for: error)
        guard code != .success else {
            print(Verbs.fullMessage(for: error))
            return 0
        }
        if let exit = error as? ExitCode { return exit.rawValue }
        let isUsage = code == .validationFailure
        let text = isUsage ? Verbs.fullMessage(for: error) : "okaibot: \(error)"
        FileHandle.standardError.write(Data("\(text)\n".utf8))
        return isUsage ? 2 : 1
    }
}

/// All verbs.
struct Verbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "okaibot",
        abstract: "Trains models on Walrus datasets from a chat, and proves what came out.",
        subcommands: [
            Serve.self, Chat.self, Train.self, Predict.self, Verify.self, WalrusVerbs.self, Notify.self,
            ShowConfiguration.self,
        ]
    )
}
