import Foundation
import Glibc
import Walrus

/// Writes to standard output, and throws if that fails; `print` would ignore a full disk.
enum StandardOutput {
    static func write(_ bytes: Data) throws(WalrusError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else {
                throw .file("cannot write to standard output: \(String(cString: strerror(errno)))")
            }
            rest = rest.dropFirst(max(count, 0))
        }
    }

    static func writeLine(_ text: String) throws(WalrusError) { try write(Data("\(text)\n".utf8)) }
}
