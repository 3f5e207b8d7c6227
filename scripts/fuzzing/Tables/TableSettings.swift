@testable import Tables

/// Settings for a table that libFuzzer chooses: each of the first eight bytes of its input turns one, and a `0` leaves it
/// to the reader.
struct TableSettings {
    /// The number of bytes before the table.
    static let count = 8

    private let digits: [Int]

    init?(_ bytes: [UInt8]) {
        guard bytes.count > Self.count else { return nil }
        digits = bytes.prefix(Self.count).map { Int($0 & 15) }
    }

    /// The settings for a reading of `csv`, whose columns they name.
    func options(for csv: [UInt8]) -> TableOptions {
        var options = TableOptions()
        options.memoryLimit = 64 << 20
        options.csv.separator = choice(0, [nil] + ",;\t| ".utf8.map(\.self))
        options.csv.quote = choice(1, [nil, UInt8(ascii: "\""), UInt8(ascii: "'")])
        options.csv.hasDecimalComma = choice(2, [nil, false, true])
        options.csv.hasHeader = [nil, false, true][digits[2] / 3 % 3]
        options.task = choice(3, [nil, .classification, .regression])
        options.missingWords = [[], ["x", "-9"]][digits[3] / 3 % 2]
        options.thousands = choice(4, [nil, .comma, .point, .blank, .apostrophe, Thousands.none])
        // A refusal is fine: then no column is named.
        guard let names = try? CSVLayout(csv.span, options.csv).names else { return options }
        options.target = digits[5] == 0 ? nil : names[digits[5] % names.count]
        let named = names[digits[6] % names.count]
        switch digits[6] / 3 {
        case 1: options.types[named] = .number
        case 2: options.types[named] = .text
        case 3: options.types[named] = .date
        case 4: options.ignored = [named]
        default: break
        }
        let key = names[digits[7] % names.count]
        switch digits[7] / 4 {
        case 1: options.needsTime = true
        case 2: options.group = key
        case 3: options.weight = key
        default: break
        }
        return options
    }

    private func choice<Value>(_ index: Int, _ values: [Value]) -> Value {
        values[digits[index] % values.count]
    }
}
