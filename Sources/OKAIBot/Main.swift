import ArgumentParser
import Foundation
import Walrus

/// The program `okaibot`: parses the command line and runs one verb.
@main
struct OKAIBot {
    static func main() async {
        MappedFile.exitOnTruncation()
        var verb: any ParsableCommand
        do {
            verb = try Verbs.parseAsRoot(DashedID.marked(Array(CommandLine.arguments.dropFirst())))
        } catch {
            exit(code(afterExplaining: error))
        }
        do {
            if var verb = verb as? any AsyncParsableCommand { try await verb.run() } else { try verb.run() }
        } catch {
            exit(code(afterTelling: error))
        }
    }

    /// Answers a command line that names no work to do: help where it was asked for, else how it would be right.
    private static func code(afterExplaining error: any Error) -> Int32 {
        let text = Verbs.fullMessage(for: error)
        guard Verbs.exitCode(for: error) != .success else {
            print(text)
            return 0
        }
        complain(text)
        return 2
    }

    /// Says in one sentence why a verb did not do its work: 1 where it failed, 2 where it was asked wrongly.
    private static func code(afterTelling error: any Error) -> Int32 {
        if let exit = error as? ExitCode { return exit.rawValue }
        // Help comes as an error, too.
        if Verbs.exitCode(for: error) == .success { return code(afterExplaining: error) }
        complain("okaibot: \(error)")
        return error is ValidationError || error is SettingsError ? 2 : 1
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
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
