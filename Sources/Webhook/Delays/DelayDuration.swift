import Foundation

/// A duration such as `30m`, `1h30m`, `2 days`, `in 5 minutes` or `half an hour`.
struct DelayDuration {
    let seconds: TimeInterval

    /// The length of each unit, in seconds.
    private static let units: [Substring: TimeInterval] = {
        let names: [(TimeInterval, String)] = [
            (1, "s sec secs second seconds"), (60, "m min mins minute minutes"),
            (3_600, "h hr hrs hour hours"), (86_400, "d day days"),
        ]
        return Dictionary(
            uniqueKeysWithValues: names.flatMap { unit in unit.1.split(separator: " ").map { ($0, unit.0) } }
        )
    }()

    private static let numbers: [Substring: Double] = [
        "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
        "half a": 0.5, "half an": 0.5,
    ]

    /// Nil if the lower-case text has another form.
    init?(_ text: String) {
        var rest = text[...]
        if let prefix = rest.prefixMatch(of: /in\s+/) { rest = rest[prefix.range.upperBound...] }
        var sum: TimeInterval = 0
        var hasPart = false
        while !rest.isEmpty {
            let part = /\s*(?:and\s+|,\s*)?(\d{1,9}(?:\.\d{1,9})?|half an?|[a-z]+\b)\s*([a-z]+)/
            guard let match = rest.prefixMatch(of: part),
                let number = Double(match.1) ?? Self.numbers[match.1],
                let unit = Self.units[match.2]
            else { return nil }
            sum += number * unit
            hasPart = true
            rest = rest[match.range.upperBound...]
        }
        guard hasPart else { return nil }
        seconds = sum
    }
}
