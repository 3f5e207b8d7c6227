import Foundation
import Glibc

/// `okai-worker relay HOST PORT`: connects standard input and output to an address over TCP.
///
/// HOST must be an IPv4 address. The VM engine gives qemu this command, so that a virtual machine can reach the bot and
/// no other address.
struct TCPRelay {
    let host: String
    let port: UInt16

    /// - Throws: ``WorkerError/wrongRelayAddress(_:)``.
    init(_ operands: [String]) throws {
        guard operands.count == 2, let port = UInt16(operands[1]) else {
            throw WorkerError.wrongRelayAddress(operands.joined(separator: " "))
        }
        (host, self.port) = (operands[0], port)
    }

    /// Copies bytes in both directions until the other side closes the connection.
    func run() throws {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else {
            throw WorkerError.wrongRelayAddress("\(host) \(port)")
        }
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(connection, $0, size) }
        }
        guard code == 0 else { throw WorkerError.cannotConnect("\(host):\(port)") }
        carry(connection)
    }

    private func carry(_ connection: Int32) {
        var isInputOpen = true
        while true {
            var ends = [
                pollfd(fd: isInputOpen ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: connection, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&ends, 2, -1) > 0 else { return }
            if ends[1].revents != 0, !copyAvailable(from: connection, to: STDOUT_FILENO) { return }
            if isInputOpen, ends[0].revents != 0, !copyAvailable(from: STDIN_FILENO, to: connection) {
                isInputOpen = false
                shutdown(connection, Int32(SHUT_WR))
            }
        }
    }

    /// Copies the bytes that can be read now; false at the end of `source`, or if `target` is closed.
    private func copyAvailable(from source: Int32, to target: Int32) -> Bool {
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
