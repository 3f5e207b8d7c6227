import struct Foundation.Data

/// Splits output, which arrives in pieces, into lines.
///
/// A carriage return also ends a line, because progress bars use it.
struct LineSplitter {
    /// The largest number of bytes of a line that are kept; the rest of the line is dropped.
    static let limit = 2_000

    private var line: [UInt8] = []

    /// Adds `bytes`, and returns the lines that are complete now, without empty lines.
    mutating func add(_ bytes: Data) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                lines += end()
            } else if line.count < Self.limit {
                line.append(byte)
            }
        }
        return lines
    }

    /// Ends the current line and returns it; returns nothing if the line is empty.
    mutating func end() -> [String] {
        defer { line = [] }
        return line.isEmpty ? [] : [String(decoding: line, as: UTF8.self)]
    }
}
