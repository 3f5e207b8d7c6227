import Foundation
import Worker

/// The program `okai-worker`.
@main
struct OKAIWorker {
    static func main() async {
        exit(await WorkerProgram.run(Array(CommandLine.arguments.dropFirst())))
    }
}
