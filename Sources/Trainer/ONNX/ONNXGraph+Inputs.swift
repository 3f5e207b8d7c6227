extension ONNXGraph {
    /// What trees and sums read: a float for each row and feature.
    static let features = "X"

    /// One input `X` where all features are numbers; else an input for each column, called like it, in which texts become
    /// the index of their label, and unknown ones a missing value.
    mutating func addInputs(_ inputs: [Model.Input]) {
        guard inputs.contains(where: { $0.labels != nil }) else {
            return addInput(Self.features, .float, columns: inputs.count)
        }
        var columns: [String] = []
        for (index, input) in inputs.enumerated() {
            // Outputs have their names already.
            let isTaken = ["label", "probabilities", "value"].contains(input.name)
            let name = isTaken ? "\(input.name)_" : input.name
            guard let labels = input.labels else {
                addInput(name, .float, columns: 1)
                columns.append(name)
                continue
            }
            addInput(name, .text, columns: 1)
            let codes: [ONNXAttribute] = [
                .texts("keys_strings") { take in labels.forEach(take) },
                .floats("values_floats") { take in labels.indices.forEach { take(Float($0)) } },
                .float("default_float", .nan),
            ]
            add("LabelEncoder", [name], ["/code \(index)"], codes, domain: Self.learning)
            columns.append("/code \(index)")
        }
        add("Concat", columns, [Self.features], [.integer("axis", 1)])
    }
}
