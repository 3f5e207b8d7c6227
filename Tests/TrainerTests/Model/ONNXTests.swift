import Tables
import Testing

@testable import Trainer

@Suite("ONNX files")
struct ONNXTests {
    @Test("a model that is written and read back is equal", arguments: [2, 3, 12])
    func roundTrip(_ classes: Int) throws {
        let csv = Fixture.blobs(rows: 240, classes: classes, seed: 9)
        let model = try ModelTrainer(LearningParameters(), threads: 2, datasetSHA256: "ab").train(csv).model
        let bytes = try model.onnxBytes()
        let read = try Model(onnx: bytes.span)
        #expect(try read.onnxBytes() == bytes)
        #expect(read.classes == model.classes)
        #expect(read.inputs == model.inputs)
        #expect(try read.predict(csv) == (try model.predict(csv)))
        #expect(read.metadata["okai.dataset.sha256"] == "ab")
    }

    @Test("a truncated file, and a file that is not a model, are refused")
    func damaged() throws {
        let parameters = LearningParameters.forest { $0.trees = 3 }
        let bytes = try ModelTrainer(parameters, threads: 1).train(Fixture.iris).model.onnxBytes()
        for length in stride(from: 0, to: bytes.count, by: 97) {
            #expect(throws: ONNXError.self) { try Model(onnxBytes: Array(bytes.prefix(length))) }
        }
        #expect(throws: ONNXError.foreign("it is not an ONNX file")) { try Model(onnxBytes: Fixture.iris) }
        #expect(throws: ONNXError.foreign("it is not an ONNX file")) { try Model(onnxBytes: []) }
    }

    /// Files of version 5 of the trainer, with the probabilities that it predicted.
    static let oldFiles: [(String, [Float])] = [
        ("boost-5", [0.3981933, 0.6018067, 0.4666084, 0.5333916]),
        ("linear-5", [0.55954003, 0.44045994, 0.42305487, 0.5769451]),
    ]

    @Test("a file whose graph has names with slashes is read", arguments: oldFiles)
    func old(_ name: String, _ expected: [Float]) throws {
        let bytes = Fixture.data("\(name).onnx")
        #expect(try GraphNames(bytes).tensors.contains("/scores"))
        let model = try Model(onnxBytes: bytes)
        #expect(model.metadata["okai.trainer"] == "5")
        #expect(model.inputs.map(\.name) == ["X", "/base", "colour"])
        let predictions = try model.predict(Array("X,/base,colour\n3,8,red\n9,,blue\n".utf8))
        guard case .classes(_, let shares) = predictions else {
            Issue.record("the classifier did not predict classes")
            return
        }
        #expect(shares == expected)
    }

    @Test("a file that has a class, a feature or a category twice is refused", arguments: 0..<3)
    func doubled(_ place: Int) throws {
        let csv = "a,b,y\n" + (0..<30).map { "\($0 % 7),k\($0 % 3),c\($0 % 2)\n" }.joined()
        let model = try ModelTrainer(LearningParameters(), threads: 1).train(Array(csv.utf8)).model
        let (one, other) = [
            (#"["c0","c1"]"#, #"["c0","c0"]"#), (#"["a","b"]"#, #"["b","b"]"#), (#""k1""#, #""k0""#),
        ][place]
        let doubled = try model.onnxBytes().replacing(Array(one.utf8), with: Array(other.utf8))
        let error = #expect(throws: ONNXError.self) { try Model(onnxBytes: doubled) }
        guard case .malformed(let fault) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(fault.contains("occurs twice"))
    }

    @Test("probabilities sum to 1, and the label has the greatest one")
    func probabilities() throws {
        let model = try ModelTrainer(LearningParameters(), threads: 2).train(Fixture.iris).model
        guard case .classes(let labels, let shares) = try model.predict(Fixture.iris) else {
            Issue.record("the classifier did not predict classes")
            return
        }
        #expect(labels.count == 150)
        for (row, label) in labels.enumerated() {
            let shares = shares[row * 3..<row * 3 + 3]
            #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
            #expect(shares.firstIndex(of: shares.max() ?? 0) == row * 3 + Int(label))
        }
    }

    @Test("columns are found by name, in any order")
    func columns() throws {
        let model = try ModelTrainer(LearningParameters(), threads: 2).train(Fixture.iris).model
        let straight = Array("sepal_length,sepal_width,petal_length,petal_width\n5.1,3.5,1.4,0.2\n".utf8)
        let shuffled = Array("petal_width,sepal_width,sepal_length,petal_length\n0.2,3.5,5.1,1.4\n".utf8)
        let bare = Array("5.1,3.5,1.4,0.2\n".utf8)
        let expected = try model.predict(straight)
        guard case .classes(let labels, _) = expected else {
            Issue.record("the classifier did not predict classes")
            return
        }
        #expect(labels == [0])
        #expect(try model.predict(shuffled) == expected)
        #expect(try model.predict(bare) == expected)
        let incomplete = Array("petal_width,sepal_width\n0.2,3.5\n".utf8)
        #expect(
            throws:
                TableError
                .csv(.noColumns(["sepal_length", "petal_length"], found: ["petal_width", "sepal_width"]))
        ) {
            try model.predict(incomplete)
        }
    }

    @Test("a table without a header may have all columns of the training table")
    func positions() throws {
        let rows = (0..<40).map { "\($0 * 7 % 11),\($0 % 2),\($0 * 3 % 5)" }
        let csv = Array(("a,y,b\n" + rows.joined(separator: "\n")).utf8)
        let model = try ModelTrainer(LearningParameters(), threads: 2).train(csv).model
        let withoutHeader = Array(rows.joined(separator: "\n").utf8)
        #expect(try model.predict(withoutHeader) == (try model.predict(csv)))
    }
}
