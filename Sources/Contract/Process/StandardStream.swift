import Glibc

/// The descriptors 0, 1 and 2 of this process.
package enum StandardStream {
    /// Prepares the streams of a program; call this before any file is opened.
    ///
    /// A stream that the parent process has closed gets a stand-in. Otherwise the next file that is opened, such as the
    /// database, would get its descriptor, and the program's output would destroy that file. A write to the stand-in of
    /// standard output fails. After this call, a write to a pipe without a reader fails as well, and does not end the
    /// process by SIGPIPE.
    package static func prepare() {
        // The system uses the lowest free descriptor, which is the missing one.
        for (descriptor, mode) in [
            (STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDWR),
        ]
        where fcntl(descriptor, F_GETFD) == -1 {
            _ = open("/dev/null", mode)
        }
        HarmlessSignals.survive([SIGPIPE])
    }

    /// Writes all bytes; returns 0, or the error number of the write that failed.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Another program made the pipe non-blocking.
                var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&room, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return 0
    }
}
