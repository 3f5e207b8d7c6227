import Contract
import Foundation
import Pictures

/// The program `okai-picture` reads a result as JSON from standard input and writes its picture as PNG to standard output.
///
/// It is a separate program, so that memory and crashes of Cairo do not affect the bot.
@main
struct Main {
    static func main() {
        do {
            let input = FileHandle.standardInput.readDataToEndOfFile()
            let picture = ResultPicture(try Wire.decode(PictureRequest.self, from: input))
            FileHandle.standardOutput.write(Data(try picture.png()))
        } catch {
            FileHandle.standardError.write(Data("okai-picture: \(error)\n".utf8))
            exit(1)
        }
    }
}
