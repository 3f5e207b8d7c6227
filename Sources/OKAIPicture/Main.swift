import Contract
import Foundation
import Pictures

/// The program `okai-picture` reads a result as JSON from standard input and writes its picture as PNG to standard output.
///
/// It is a separate program, so that memory and crashes of Cairo do not affect the bot.
@main
struct Main {
    static func main() {
        StandardStream.prepare()
        do {
            let input = FileHandle.standardInput.readDataToEndOfFile()
            let picture = ResultPicture(try Wire.decode(PictureRequest.self, from: input))
            try StandardOutput.append(picture.png())
        } catch {
            StandardError.write("okai-picture: \(error)\n")
            exit(1)
        }
    }
}
