import Contract
import Foundation
import Walrus
import Worker

/// The program `okai-worker`.
@main
struct Main {
    static func main() async {
        StandardStream.prepare()
        MappedFile.exitOnTruncation()
        exit(await WorkerProgram.run(Array(CommandLine.arguments.dropFirst())))
    }
}
