import Foundation
import Glibc

/// `okai-worker relay HOST PORT`: carries one connection between standard input and output and an address.
///
/// It is how qemu lets a virtual machine reach the bot, and nothing else.
struct Relay {
    let host: String
    let port: UInt16

    init(_ operands: [String]) throws {
        guard operands.count == 2, let port = UInt16(operands[1]) else {
            throw WorkerError.unreadableRequest("relay: an IPv4 address and a port as arguments")
        }
        (host, self.port) = (operands[0], port)
    }

    /// Carries bytes until the far end closes.
    func run() throws {
        let far = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(far) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else {
            throw WorkerError.unreadableRequest("relay: an IPv4 address, but it is \(host)")
        }
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(far, $0, size) }
        }
        guard code == 0 else { throw WorkerError.cannotStart("no connection to \(host):\(port)") }
        carry(far)
    }

    private func carry(_ far: Int32) {
        var isOpen = true
        while true {
            var ends = [
                pollfd(fd: isOpen ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: far, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&ends, 2, -1) > 0 else { return }
            if ends[1].revents != 0, !pass(from: far, to: STDOUT_FILENO) { return }
            if isOpen, ends[0].revents != 0, !pass(from: STDIN_FILENO, to: far) {
                isOpen = false
                shutdown(far, Int32(SHUT_WR))
            }
        }
    }

    /// Passes on what is there; false at the end.
    private func pass(from source: Int32, to target: Int32) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(source, &buffer, buffer.count)
        guard count > 0 else { return false }
        var sent = 0
        while sent < count {
            let step = buffer[sent..<count].withUnsafeBytes { write(target, $0.baseAddress, $0.count) }
            guard step > 0 else { return false }
            sent += step
        }
        return true
    }
}
