import Contract
import Foundation
import Trainer
import Walrus

/// `okai-worker predict`: what a model says of each row of a table.
struct PredictVerb {
    struct Request: Codable {
        var model: String
        var csv: String
        /// Whether to print an object per line instead of a table.
        var json: Bool
    }

    private struct Line: Encodable {
        let label: String
        let probabilities: [Float]
    }

    private let request: Request

    init(_ request: Request) {
        self.request = request
    }

    func run() throws {
        let model = try MappedFile(path: request.model).withBytes { try ForestModel(onnx: $0) }
        let predictions = try MappedFile(path: request.csv).withBytes { try model.predict(csv: $0) }
        if !request.json { print((["label"] + model.classes).map(Self.quoted).joined(separator: ",")) }
        for prediction in predictions {
            let line = Line(label: prediction.label, probabilities: prediction.probabilities)
            let text = request.json ? String(decoding: try Wire.encode(line), as: UTF8.self) : Self.row(line)
            print(text)
        }
    }

    /// Numbers as they must be written to be read back as the same 32 bits.
    private static func row(_ line: Line) -> String {
        ([quoted(line.label)] + line.probabilities.map { "\($0)" }).joined(separator: ",")
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.contains { ",\"\r\n".contains($0) }
        return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
