/// The settings that say which columns and rows are used, and how cells are read.
extension TrainSetting {
    static let ignore = names("ignore", "the names of columns, with commas between them", \.ignore)

    static let missing = names(
        "missing",
        "words that stand for a missing value, with commas between them, such as unknown,-999",
        \.missing
    )

    static let types = TrainSetting(
        key: "types",
        models: every,
        allowed: "columns with number, text or date, such as zip:text,day:date",
        isList: true,
        value: { parameters in
            parameters.types.map { types in
                types.sorted { $0.key < $1.key }
                    .map { "\(QuotedText.quoted($0.key)):\($0.value.rawValue)" }
                    .joined(separator: ",")
            }
        },
        parse: { value, parameters in
            var types: [String: ColumnReading] = [:]
            for element in value.elements {
                guard let (column, word) = element.cut(atLast: ":"), !column.name.isEmpty,
                    let reading = ColumnReading(word: word.name),
                    types.updateValue(reading, forKey: column.name) == nil
                else { return false }
            }
            parameters.types = types
            return !types.isEmpty
        }
    )

    static let holdout = TrainSetting(
        key: "holdout",
        models: every,
        allowed: "random, time, or group: and the name of a column",
        isList: false,
        value: { parameters in
            parameters.holdout.map { rule in
                guard case .group(let column) = rule else { return rule.rawValue }
                return "group:\(QuotedText.quoted(column))"
            }
        },
        parse: { value, parameters in
            let (word, column) = value.cut(atFirst: ":") ?? (value, QuotedText())
            parameters.holdout =
                word.name == "group" ? .group(column: column.name) : HoldoutRule(rawValue: value.name)
            return parameters.holdout != nil && parameters.holdout != .group(column: "")
        }
    )

    private static func names(
        _ key: String,
        _ allowed: String,
        _ path: any WritableKeyPath<TrainParameters, [String]?> & Sendable
    ) -> TrainSetting {
        TrainSetting(
            key: key,
            models: every,
            allowed: allowed,
            isList: true,
            value: { $0[keyPath: path].map { $0.map(QuotedText.quoted).joined(separator: ",") } },
            parse: { value, parameters in
                let names = value.elements.map(\.name)
                parameters[keyPath: path] = names
                return !names.isEmpty && !names.contains("")
            }
        )
    }
}
