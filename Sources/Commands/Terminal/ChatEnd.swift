/// How a chat without a person ended, for the script that started it.
package enum ChatEnd: Int32, Sendable {
    case good = 0
    /// A run of this chat failed, whatever else happened.
    case runFailed = 1
    /// A line was no command, or a command in a wrong form, and no run failed.
    case lineWasWrong = 2

    package var exitCode: Int32 { rawValue }
}
