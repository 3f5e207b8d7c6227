import Foundation
import Worker

/// The program `okai-worker`.
@main
struct Main {
    static func main() async {
        exit(await WorkerProgram.run(Array(CommandLine.arguments.dropFirst())))
    }
}
