/// How a chat without a person ended, for the script that started it.
package enum ChatEnd: Int32, Sendable {
    case good = 0
    /// A run or a prediction failed, whatever else happened.
    case workFailed = 1
    /// A line was refused, for instance because it is no command or names no run of the chat; no work failed.
    case lineWasRefused = 2

    package var exitCode: Int32 { rawValue }
}
