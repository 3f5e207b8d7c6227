import struct Foundation.Data

/// Splits pieces of output into lines; a carriage return ends a line too, because progress bars use it.
struct LineSplitter {
    /// Longer lines are cut, in bytes.
    static let limit = 2_000

    private var line: [UInt8] = []

    /// Adds `bytes`, and returns the lines that are complete now.
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

    /// The last line, if no line end follows it.
    mutating func end() -> [String] {
        defer { line = [] }
        return line.isEmpty ? [] : [String(decoding: line, as: UTF8.self)]
    }
}
