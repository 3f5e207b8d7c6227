import Foundation
import Glibc
import Synchronization

/// A terminal that records the output of a program, and on which tests type lines.
final class PseudoTerminal: Sendable {
    // TIOCSPTLCK and TIOCGPTN: Swift does not import these macros of Glibc.
    private static let (lock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)

    /// The end that a program reads and writes.
    let end: FileHandle
    private let own: Int32
    private let bytes = Mutex<[UInt8]>([])
    private let done: AsyncStream<Void>

    init(columns: UInt16) throws {
        own = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        var (locked, number): (Int32, UInt32) = (0, 0)
        guard own >= 0, ioctl(own, Self.lock, &locked) == 0, ioctl(own, Self.number, &number) == 0,
            ioctl(own, UInt(TIOCSWINSZ), &size) == 0
        else { throw POSIXError(.ENOTTY) }
        let other = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard other >= 0 else { throw POSIXError(.ENOTTY) }
        end = FileHandle(fileDescriptor: other, closeOnDealloc: true)
        let (done, finish) = AsyncStream.makeStream(of: Void.self)
        self.done = done
        DispatchQueue(label: "terminal").async { [self] in
            var buffer = [UInt8](repeating: 0, count: 4_096)
            // Reading fails after every process has closed the other end.
            while case let count = read(own, &buffer, buffer.count), count > 0 {
                bytes.withLock { $0 += buffer.prefix(count) }
            }
            close(own)
            finish.finish()
        }
    }

    /// The output so far.
    var shown: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

    /// Types a line; the program must not have ended.
    func type(_ line: String) {
        let typed = Array("\(line)\n".utf8)
        _ = write(own, typed, typed.count)
    }

    /// All output, after every program has closed the terminal.
    func text() async throws -> String {
        try end.close()
        for await _ in done {}
        return shown
    }
}
