import Contract
import Foundation
import Trainer

/// Predictions as text, one line per row: CSV with a header, or JSON objects.
///
/// Numbers are written so that reading them back gives the same 32-bit values.
struct PredictionLines {
    private let predictions: Predictions
    /// The classes, quoted for CSV or JSON.
    private let classes: [String]
    private let header: String?
    private let json: Bool

    /// The size at which a piece of the text is passed to the output, in bytes.
    private static let pieceSize = 1 << 20

    init(_ predictions: Predictions, of model: Model, json: Bool) throws {
        self.predictions = predictions
        self.json = json
        // The model file stores labels as integers if all of them are integers; the JSON output has them as numbers
        // then.
        let areNumbers = model.hasIntegerClasses
        classes = try model.classes.map { label in
            guard json else { return Self.csvField(label) }
            return areNumbers ? label : String(decoding: try Wire.encode(label), as: UTF8.self)
        }
        header = json ? nil : model.classes.isEmpty ? "value" : (["label"] + classes).joined(separator: ",")
    }

    /// Passes all lines to `output` in large pieces.
    func write(_ output: (Data) throws -> Void) rethrows {
        var text = header.map { "\($0)\n" } ?? ""
        for row in 0..<rows {
            text += line(row)
            text += "\n"
            guard text.utf8.count >= Self.pieceSize else { continue }
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
}
