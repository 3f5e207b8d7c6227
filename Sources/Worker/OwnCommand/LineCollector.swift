import struct Foundation.Data

/// Makes lines of pieces; a carriage return ends one too, as bars of progress use it.
struct LineCollector {
    /// Longer lines are cut, in bytes.
    static let limit = 2_000

    private var line: [UInt8] = []

    /// Adds `bytes`, and returns the lines that are complete.
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

    /// What is left where no line end follows.
    mutating func end() -> [String] {
        defer { line = [] }
        return line.isEmpty ? [] : [String(decoding: line, as: UTF8.self)]
    }
}
