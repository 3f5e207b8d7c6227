import Foundation
import Tables

extension Model {
    /// Reads a file that ``writeONNX(_:)`` wrote.
    ///
    /// - Throws: ``ONNXError`` for any other file.
    package init(onnx bytes: Span<UInt8>) throws(ONNXError) {
        // 0x08 is the tag of the field `ir_version`. Every file of the trainer begins with this byte, and a text never
        // does.
        guard bytes.count > 0, bytes[0] == 0x08 else { throw .foreign("it is not an ONNX file") }
        let contents = try ONNXContents(bytes)
        // `okai.trainer` is written last, so its absence means a truncated file.
        guard let format = contents.metadata["okai.format"], let target = contents.metadata["okai.target"],
            contents.metadata["okai.trainer"] != nil
        else {
            throw .foreign("its metadata lack okai.format, okai.target or okai.trainer")
        }
        let features: [String] = try contents.decode("okai.features")
        let categories: [String: [String]] =
            contents.metadata["okai.categories"] == nil ? [:] : try contents.decode("okai.categories")
        let classes: [String] =
            contents.metadata["okai.classes"] == nil ? [] : try contents.decode("okai.classes")
        for texts in [features, classes] + categories.values { try Self.requireDistinct(texts) }
        self.init(
            target: target,
            inputs: features.map { Input(name: $0, labels: categories[$0]) },
            output: classes.isEmpty ? .value : .classes(classes),
            metadata: contents.metadata,
            body: try contents.body(
                format,
                labels: features.map { categories[$0]?.count },
                classes: classes.count
            )
        )
    }

    private static func requireDistinct(_ texts: [String]) throws(ONNXError) {
        var seen: Set<ExactText> = []
        for text in texts where !seen.insert(ExactText(text)).inserted {
            throw .malformed("\"\(text.prefix(60))\" occurs twice in a list of distinct names")
        }
    }
}

extension ONNXContents {
    fileprivate func decode<Value: Decodable>(_ key: String) throws(ONNXError) -> Value {
        guard let text = metadata[key] else { throw .foreign("its metadata lack \(key)") }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw .malformed(key)
        }
    }

    fileprivate func body(_ format: String, labels: [Int?], classes: Int) throws(ONNXError) -> Model.Body {
        let features = labels.count
        switch Model.Format(rawValue: format) {
        case .votes:
            let trees = try votingTrees(features: features, classes: classes)
            guard !trees.isEmpty, classes > 1 else { throw .foreign("it lacks trees or classes") }
            return .votes(trees)
        case .values:
            let trees = try valueTrees(features: features)
            guard !trees.isEmpty, classes == 0 else { throw .foreign("it lacks trees or has classes") }
            return .values(trees)
        case .boost:
            let base = try constant("okai_base")
            let trees = try valueTrees(features: features)
            guard base.count == (classes > 2 ? classes : 1), trees.count.isMultiple(of: base.count),
                classes != 1
            else { throw .malformed("its numbers of scores, classes and trees do not match") }
            return .boost(BoostedTrees(base: base, trees: trees))
        case .linear:
            let (means, bias) = (try constant("okai_means"), try constant("okai_bias"))
            let design = LinearDesign(
                labels: labels,
                means: means,
                scales: try constant("okai_scales", count: means.count)
            )
            guard bias.count == (classes > 2 ? classes : 1), classes != 1, design.numbers.count == means.count
            else { throw .malformed("its numbers of scores, classes and features do not match") }
            let weights = try constant("okai_weights", count: design.width * bias.count)
            return .linear(LinearModel(design: design, weights: weights, bias: bias))
        case nil: throw .foreign("its format is \(format)")
        }
    }
}
