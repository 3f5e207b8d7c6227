@testable import Contract
@testable import Tables

/// What must hold of names in quotes, and of settings that have names.
enum NameCheck {
    static func faults(_ text: String) -> [String] {
        faultsOfName(text) + faultsOfQuotes(text) + faultsOfSettings(text)
    }

    /// A name that is quoted is one word, from which the name comes back.
    private static func faultsOfName(_ name: String) -> [String] {
        guard !name.isEmpty else { return [] }
        let word = SettingWord(name).description
        return [QuotedText.quoted(name), word].compactMap { written in
            if written == word, word == "NAME" { return nil }  // The name is too long for a line.
            guard let text = try? QuotedText("a=\(written),b") else { return "\(written) is not closed" }
            let parts = text.split { $0 == "," || $0 == "=" || $0 == ":" || $0.properties.isWhitespace }
            return parts.count == 3 && ExactText(parts[1].name) == ExactText(name)
                ? nil : "\(name.debugDescription) is written \(written): \(parts.map(\.name))"
        }
    }

    /// Cutting a text into parts loses nothing.
    private static func faultsOfQuotes(_ written: String) -> [String] {
        // A refusal is fine.
        guard let text = try? QuotedText(written) else { return [] }
        var faults: [String] = []
        let joined = text.split { $0 == "," }.map(\.written).joined(separator: ",")
        if ExactText(joined) != ExactText(written) { faults.append("the parts of \(written) are \(joined)") }
        if let (key, value) = text.cut(atFirst: "="), "\(key.written)=\(value.written)" != written {
            faults.append("\(written) is cut into \(key.written) and \(value.written)")
        }
        return faults
    }

    /// Settings that are written down and sent back are the same.
    private static func faultsOfSettings(_ text: String) -> [String] {
        guard let parameters = parameters(text) else { return [] }
        let written = parameters.description
        guard let again = Self.parameters(written) else { return ["\(text) is written \(written): refused"] }
        return again.description == written && again.target == parameters.target
            && again.ignore == parameters.ignore && again.missing == parameters.missing
            && again.types == parameters.types
            ? [] : ["\(text) is written \(written): \(again)"]
    }

    /// The settings in a message; nil if they are refused.
    private static func parameters(_ text: String) -> TrainParameters? {
        guard let words = try? TrainArgumentParser.words(text) else { return nil }
        var parameters = TrainParameters()
        do {
            try TrainArgumentParser.apply(words, to: &parameters)
            return parameters
        } catch {
            return nil
        }
    }
}
