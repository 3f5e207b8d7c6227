import Contract
import Foundation
import Pictures

/// The program `okai-picture`: a result as JSON on standard input, its picture as PNG on standard output.
///
/// It is a program of its own so that neither Cairo's memory nor its faults are the bot's.
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
