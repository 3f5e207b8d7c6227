import Glibc

extension MappedFile {
    /// Makes the process exit with a message and status 1 if a mapped file becomes shorter.
    ///
    /// Reading a page behind the end of a mapped file raises SIGBUS, which would otherwise end the process without a
    /// message.
    package static func exitOnTruncation() {
        signal(SIGBUS) { _ in
            let message: StaticString = "a file became shorter while it was read\n"
            unsafe write(2, message.utf8Start, message.utf8CodeUnitCount)
            _exit(1)
        }
    }
}
