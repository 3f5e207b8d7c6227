import Foundation
import Trainer

/// Predictions as text, a row per line: CSV with a header, or a JSON object each.
///
/// Numbers are written so that they can be read back as the same 32 bits.
struct PredictionLines {
    private let predictions: Predictions
    /// Each class as it is written on a line.
    private let classes: [String]
    private let header: String?
    private let json: Bool

    /// Bytes that are handed over at once, about.
    private static let portion = 1 << 20

    init(_ predictions: Predictions, of model: Model, json: Bool) {
        self.predictions = predictions
        self.json = json
        // As in the model's own file, which holds whole numbers where all classes are.
        let areNumbers = model.hasIntegerClasses
        classes = model.classes.map { label in
            guard json else { return Self.csvField(label) }
            return areNumbers ? label : Self.jsonString(label)
        }
        header = json ? nil : model.classes.isEmpty ? "value" : (["label"] + classes).joined(separator: ",")
    }

    /// Gives all lines to `output`, many at a time.
    func write(_ output: (Data) throws -> Void) rethrows {
        var text = header.map { "\($0)\n" } ?? ""
        for row in 0..<rows {
            text += line(row)
            text += "\n"
            guard text.utf8.count >= Self.portion else { continue }
            try output(Data(text.utf8))
            text = ""
        }
        try output(Data(text.utf8))
    }

    private var rows: Int {
        switch predictions {
        case .classes(let labels, _): labels.count
        case .values(let values): values.count
        }
    }

    private func line(_ row: Int) -> String {
        switch predictions {
        case .classes(let labels, let probabilities):
            let shares = probabilities[row * classes.count..<(row + 1) * classes.count].map { "\($0)" }
                .joined(separator: ",")
            let label = classes[Int(labels[row])]
            return json ? "{\"label\":\(label),\"probabilities\":[\(shares)]}" : "\(label),\(shares)"
        case .values(let values):
            return json ? "{\"value\":\(values[row])}" : "\(values[row])"
        }
    }

    private static func csvField(_ text: String) -> String {
        let needsQuotes = text.contains { ",\"\r\n".contains($0) }
        return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }

    private static func jsonString(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\u{0}"..."\u{1F}": String(format: "\\u%04x", scalar.value)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}
