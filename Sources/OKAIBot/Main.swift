import ArgumentParser
import Contract
import Foundation
import Walrus

/// The program `okaibot`: parses the command line and runs one verb.
@main
struct OKAIBot {
    static func main() async {
        StandardStream.prepare()
        MappedFile.exitOnTruncation()
        var verb: any ParsableCommand
        do {
            verb = try Verbs.parseAsRoot(DashedID.marked(Array(CommandLine.arguments.dropFirst())))
        } catch {
            exit(exitCode(explaining: error))
        }
        do {
            if var verb = verb as? any AsyncParsableCommand { try await verb.run() } else { try verb.run() }
        } catch {
            exit(exitCode(reporting: error))
        }
    }

    /// If help was requested, prints the help and returns 0; otherwise prints the usage error and returns 2.
    private static func exitCode(explaining error: any Error) -> Int32 {
        let text = Verbs.fullMessage(for: error)
        guard Verbs.exitCode(for: error) != .success else {
            StandardOutput.writeLine(text)
            return 0
        }
        printError(text)
        return 2
    }

    /// Prints the error of a verb, and returns 2 if the usage or the configuration is wrong, otherwise 1.
    ///
    /// For an `ExitCode`, returns its value and prints nothing. For a request for help, prints the help and returns 0.
    private static func exitCode(reporting error: any Error) -> Int32 {
        if let exit = error as? ExitCode { return exit.rawValue }
        // ArgumentParser throws a request for help as an error.
        if Verbs.exitCode(for: error) == .success { return exitCode(explaining: error) }
        printError("okaibot: \(error)")
        return error is ValidationError || error is SettingsError ? 2 : 1
    }

    private static func printError(_ text: String) {
        StandardError.write("\(text)\n")
    }
}

/// The command `okaibot` with its verbs.
struct Verbs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "okaibot",
        abstract: "Trains models on Walrus datasets from a chat, with results that anyone can verify.",
        subcommands: [
            Serve.self, Chat.self, Train.self, Predict.self, Verify.self, WalrusVerbs.self, Notify.self,
            ShowConfiguration.self, Backup.self, Restore.self,
        ]
    )
}
