/// Reads decimal numbers exactly: the double nearest to what is written, everywhere the same.
enum Decimal {
    private static let powersOfTen: [Double] = (0...22).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }

    /// The number in a cell, nil where there is none.
    ///
    /// Up to 15 digits with a small exponent are one exact product or quotient of doubles (Clinger's fast path); all
    /// else goes to the standard library, which rounds correctly too.
    static func parse(_ bytes: Span<UInt8>, _ cell: CSVTable.Cell, _ dialect: CSVDialect) -> Double? {
        let point = dialect.hasDecimalComma ? UInt8(ascii: ",") : UInt8(ascii: ".")
        var position = cell.start
        let isNegative = position < cell.end && bytes[position] == UInt8(ascii: "-")
        if isNegative || position < cell.end && bytes[position] == UInt8(ascii: "+") { position += 1 }
        var (mantissa, digits, decimals, hasPoint) = (0, 0, 0, false)
        while position < cell.end {
            let byte = bytes[position]
            if byte == point, !hasPoint {
                hasPoint = true
            } else if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), digits < 15 {
                mantissa = mantissa * 10 + Int(byte - UInt8(ascii: "0"))
                if mantissa > 0 { digits += 1 }
                if hasPoint { decimals += 1 }
            } else {
                return slow(bytes, cell, point)
            }
            position += 1
        }
        let hasDigits = cell.end - cell.start > (hasPoint ? 1 : 0) + (isNegative ? 1 : 0)
        guard hasDigits, decimals <= 22 else { return slow(bytes, cell, point) }
        let value = Double(mantissa) / powersOfTen[decimals]
        return isNegative ? -value : value
    }

    private static func slow(_ bytes: Span<UInt8>, _ cell: CSVTable.Cell, _ point: UInt8) -> Double? {
        let allowed = Set("0123456789+-eE.".utf8)
        var text: [UInt8] = []
        for index in cell.start..<cell.end {
            let byte = bytes[index] == point ? UInt8(ascii: ".") : bytes[index]
            guard allowed.contains(byte) else { return nil }
            text.append(byte)
        }
        return Double(String(decoding: text, as: UTF8.self))
    }
}
