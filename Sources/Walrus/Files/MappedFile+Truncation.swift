import Glibc

extension MappedFile {
    /// Makes the process exit with a message and status 1 if it reads past the end of a mapped file.
    ///
    /// This happens if the file becomes shorter while it is mapped. The read raises SIGBUS, which would otherwise end
    /// the process without a message.
    package static func exitOnTruncation() {
        signal(SIGBUS) { _ in
            let message: StaticString = "a file became shorter while it was read\n"
            unsafe write(2, message.utf8Start, message.utf8CodeUnitCount)
            _exit(1)
        }
    }
}
