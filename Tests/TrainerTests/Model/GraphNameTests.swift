import Foundation
import Testing

@testable import Trainer

@Suite("Names in ONNX graphs")
struct GraphNameTests {
    /// Columns, and the names of their inputs.
    static let inputNames: [([String], [String])] = [
        (["age", "Sale_Price", "_x", "N", "model"], ["age", "Sale_Price", "_x", "N", "model"]),
        (["a b", "a_b", "a-b", "a.b"], ["a_b_2", "a_b", "a_b_3", "a_b_4"]),
        (["c d", "c-d", "c_d_2"], ["c_d", "c_d_3", "c_d_2"]),
        (["1st", "_1st", "2"], ["_1st_2", "_1st", "_2"]),
        (["X", "label", "probabilities", "value"], ["X_2", "label_2", "probabilities_2", "value_2"]),
        (["X", "X_2", "x"], ["X_3", "X_2", "x"]),
        (["okai_base", "okai code 0", "okai"], ["_okai_base", "_okai_code_0", "okai"]),
        (["_okai_base", "okai_base"], ["_okai_base", "_okai_base_2"]),
        (["", " ", "_"], ["__2", "__3", "_"]),
        (["/votes", "5\" disk", "it's"], ["_votes", "_5__disk", "it_s"]),
        (["größe", "gro\u{308}ße", "Straße"], ["gr__e", "gro__e", "Stra_e"]),
        (["年龄", "性别", "城市"], ["__", "___2", "___3"]),
        (["\u{212a}", "K", "\u{663}"], ["_", "K", "__2"]),
    ]

    @Test("every column has an input whose name is a unique identifier", arguments: inputNames)
    func names(_ columns: [String], _ expected: [String]) {
        let names = ONNXGraph.inputNames(columns)
        #expect(Set(names).count == names.count)
        #expect(names.filter { !$0.isIdentifier } == [])
        #expect(names == expected)
    }

    @Test("thousands of columns that give the same identifier have unique inputs")
    func manyNames() {
        let names = ONNXGraph.inputNames((0..<30_000).map { $0.isMultiple(of: 2) ? "年" : "月" })
        #expect(Set(names).count == 30_000)
        #expect(names.last == "__30000")
    }

    /// Each learner, for two classes, three classes and values.
    static let graphs = Fixture.goldenIris.flatMap { learner, _ in [2, 3, nil].map { (learner, $0 as Int?) } }

    @Test("all names in a graph are identifiers, and its inputs document their columns", arguments: graphs)
    func graph(_ learner: Learner, _ classes: Int?) throws {
        let columns = ["okai_code_5", "X", "Größe \"in\" m", "a b", "价格", "label"]
        let (model, bytes) = try trained(columns, learner, classes)
        let names = try GraphNames(bytes)
        #expect(names.all.filter { !$0.isIdentifier } == [])
        for names in [names.tensors, names.nodes] { #expect(Set(names).count == names.count) }
        #expect(names.inputs.map(\.documentation) == columns)
        let expected = ["_okai_code_5", "X_2", "Gr__e__in__m", "a_b", "__", "label_2"]
        #expect(names.inputs.map(\.name) == expected)
        let entry = try #require(model.metadata["okai.inputs"])
        let inputs = try JSONDecoder().decode([String: String].self, from: Data(entry.utf8))
        #expect(inputs == Dictionary(uniqueKeysWithValues: zip(expected, columns)))
        let read = try Model(onnxBytes: bytes)
        #expect(read.inputs.map(\.name) == columns)
        #expect(read.metadata == model.metadata)
        #expect(try read.onnxBytes() == bytes)
    }

    @Test("a graph for numbers has the input X, and the columns are in the metadata", arguments: graphs)
    func matrix(_ learner: Learner, _ classes: Int?) throws {
        let (model, bytes) = try trained(["1st", "a b", "X"], learner, classes, text: false)
        let names = try GraphNames(bytes)
        #expect(names.all.filter { !$0.isIdentifier } == [])
        #expect(names.inputs.map(\.name) == ["X"])
        #expect(names.inputs.first?.documentation.contains("okai.features") == true)
        #expect(model.metadata["okai.features"] == #"["1st","a b","X"]"#)
        #expect(model.metadata["okai.inputs"] == nil)
    }

    /// A model of columns with these names, and its file; the last column is a text if `text` is true.
    private func trained(_ columns: [String], _ learner: Learner, _ classes: Int?, text: Bool = true) throws
        -> (Model, [UInt8])
    {
        var parameters = LearningParameters()
        parameters.learner = learner
        let header = (columns + ["y"]).map { "\"\($0.replacing("\"", with: "\"\""))\"" }
        let rows = (0..<90).map { row in
            let cells = columns.indices.map { "\(row * (2 * $0 + 7) % (11 + $0))" }
            let target = classes.map { "c\(row * 7 % 11 % $0)" } ?? "\(Double(row * 7 % 11) + 0.25)"
            return (text ? cells.dropLast() + ["k\(row % 3)"] : cells) + [target]
        }
        let csv = ([header] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n")
        let model = try ModelTrainer(parameters, threads: 1).train(Array(csv.utf8)).model
        return (model, try model.onnxBytes())
    }
}
