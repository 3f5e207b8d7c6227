import Foundation

@testable import Tables

/// What must hold of dates: they are finite, and a format is the same after JSON.
struct DateCheck {
    /// The number of bytes that choose a format.
    private static let settings = 8

    /// The faults of a format, which the first bytes choose, and of the one that is detected, for the texts in the lines
    /// behind them; the first line is the column's name.
    static func faults(_ bytes: [UInt8]) -> [String] {
        guard bytes.count > settings else { return [] }
        let lines = String(decoding: bytes[settings...], as: UTF8.self).split(separator: "\n")
        let texts = lines.dropFirst().prefix(200).map(String.init)
        return faults(format(bytes.prefix(settings).map { Int($0 & 15) }), texts)
            + faultsOfDetection(texts, name: lines.first.map(String.init) ?? "")
            + faultsOfStranger(bytes[settings...], texts)
    }

    private static func format(_ digits: [Int]) -> DateFormat {
        func choice<Value: CaseIterable>(_ digit: Int) -> Value where Value.AllCases == [Value] {
            Value.allCases[digit % Value.allCases.count]
        }
        var format = DateFormat(layout: choice(digits[0]))
        (format.separator, format.clock) = (choice(digits[1]), choice(digits[2]))
        (format.namesMonths, format.namesWeekdays) = (digits[3] & 1 != 0, digits[4] & 1 != 0)
        (format.hasShortYears, format.hasTimeInFront) = (digits[5] & 1 != 0, digits[6] & 1 != 0)
        format.hasZone = digits[7] & 1 != 0
        return format
    }

    /// A format as JSON, which a model's file may have from a stranger.
    private static func faultsOfStranger(_ bytes: ArraySlice<UInt8>, _ texts: [String]) -> [String] {
        // A refusal is fine.
        guard let format = try? JSONDecoder().decode(DateFormat.self, from: Data(bytes)) else { return [] }
        return faults(format, texts)
    }

    private static func faultsOfDetection(_ texts: [String], name: String) -> [String] {
        var seen: Set<String> = []
        let entries = texts.filter { seen.insert($0).inserted }.map { (text: $0, count: 1) }
        guard let found = DateFormat.detect(entries, name: name) else { return [] }
        let fitting = entries.count { seconds($0.text, found.format) != nil }
        let isRight = found.fitting == fitting && found.odd == entries.count - fitting
        return (isRight ? [] : ["\(found) reads \(fitting) texts"])
            + ((found.note?.count ?? 0) <= 200 ? [] : ["a note of \(found.note?.count ?? 0) characters"])
            + faults(found.format, entries.map(\.text))
    }

    private static func faults(_ format: DateFormat, _ texts: [String]) -> [String] {
        let again = try? JSONDecoder().decode(DateFormat.self, from: JSONEncoder().encode(format))
        return (again == format ? [] : ["JSON of \(format)"])
            + texts.compactMap { text in
                guard let seconds = seconds(text, format) else { return nil }
                let parts = format.parts.map { $0.value(of: seconds, origin: 0) }
                return seconds.isFinite && parts.allSatisfy(\.isFinite)
                    ? nil : "\(text.debugDescription) is \(seconds), \(parts): \(format)"
            }
    }

    private static func seconds(_ text: String, _ format: DateFormat) -> Double? {
        let bytes = Array(text.utf8)
        return format.seconds(bytes.span, 0..<bytes.count)
    }
}
