import Glibc

/// Reads the characters that a person types.
///
/// Only the editor's thread uses it.
final class KeyReader {
    enum Event: Equatable {
        case key(Unicode.Scalar)
        /// Another thread asks for something.
        case woken
        /// No byte followed an escape character in time: a person pressed Esc, and no key that sends several bytes.
        case quiet
        case end
    }

    /// How long the bytes of one key may lie apart, in milliseconds.
    private static let keyTime: Int32 = 100

    private let input: Int32
    private let wake: Wake
    private var bytes: [UInt8] = []
    private var next = 0

    init(input: Int32, wake: Wake) {
        (self.input, self.wake) = (input, wake)
    }

    /// Waits for a key or for another thread.
    ///
    /// Inside a key that sends several bytes, waits for a short time, and for no other thread.
    func event(insideKey: Bool) -> Event {
        while true {
            if let scalar = decoded() { return .key(scalar) }
            var waits = [
                pollfd(fd: input, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            let count = unsafe poll(&waits, insideKey ? 1 : 2, insideKey ? Self.keyTime : -1)
            if count < 0, errno == EINTR { continue }
            if count == 0 { return .quiet }
            if waits[1].revents != 0 {
                wake.reset()
                return .woken
            }
            guard refill() else { return .end }
        }
    }

    /// Reads more bytes; false if there will be none.
    private func refill() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe read(input, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return true }
        guard count > 0 else { return false }
        bytes.removeFirst(next)
        next = 0
        bytes += buffer.prefix(count)
        return true
    }

    /// The next character of the bytes that were read; nil if it is not complete.
    ///
    /// A byte that is not UTF-8 becomes U+FFFD.
    private func decoded() -> Unicode.Scalar? {
        guard next < bytes.count else { return nil }
        let first = bytes[next]
        let length =
            switch first {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        let rest = bytes[next...].prefix(length)
        let isBroken = rest.dropFirst().contains { !(0x80...0xBF).contains($0) }
        if rest.count < length, !isBroken { return nil }
        if isBroken {
            next += 1
            return "\u{FFFD}"
        }
        next += length
        return String(decoding: rest, as: UTF8.self).unicodeScalars.first
    }
}
