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

    private let request: Request

    init(_ request: Request) {
        self.request = request
    }

    func run() throws {
        let model = try MappedFile(path: request.model).withBytes { try Model(onnx: $0) }
        let predictions = try MappedFile(path: request.csv).withBytes {
            try model.predict(csv: $0, threads: ProcessInfo.processInfo.activeProcessorCount)
        }
        switch predictions {
        case .classes(let labels, let probabilities):
            try printClasses(labels, probabilities, of: model.classes)
        case .values(let values):
            if !request.json { print("value") }
            for value in values { print(request.json ? "{\"value\":\(value)}" : "\(value)") }
        }
    }

    private struct Line: Encodable {
        let label: String
        let probabilities: [Float]
    }

    /// Numbers are written so that they can be read back as the same 32 bits.
    private func printClasses(_ labels: [UInt16], _ probabilities: [Float], of classes: [String]) throws {
        if !request.json { print((["label"] + classes).map(Self.quoted).joined(separator: ",")) }
        for (row, label) in labels.enumerated() {
            let shares = Array(probabilities[row * classes.count..<(row + 1) * classes.count])
            let line = Line(label: classes[Int(label)], probabilities: shares)
            print(
                request.json
                    ? String(decoding: try Wire.encode(line), as: UTF8.self)
                    : ([Self.quoted(line.label)] + shares.map { "\($0)" }).joined(separator: ",")
            )
        }
    }

    private static func quoted(_ text: String) -> String {
        let needsQuotes = text.contains { ",\"\r\n".contains($0) }
        return needsQuotes ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
