extension ONNXGraph {
    /// What trees and sums read: a float for each row and feature.
    static let features = "X"

    /// One input `X` where all features are numbers; else an input for each column, called like it (see
    /// ``inputNames(_:)``), in which texts become the index of their label, and unknown ones a missing value.
    mutating func addInputs(_ inputs: [Model.Input]) {
        guard inputs.contains(where: { $0.labels != nil }) else {
            return addInput(Self.features, .float, columns: inputs.count)
        }
        var columns: [String] = []
        let names = Self.inputNames(inputs.map(\.name))
        for (index, (input, name)) in zip(inputs, names).enumerated() {
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

    /// What the inputs of `columns` are called: as they are, with `_` behind names that the graph needs itself.
    ///
    /// Those are ``features``, the outputs, and all that begin with a slash; no name of the graph's own ends with `_`.
    static func inputNames(_ columns: [String]) -> [String] {
        var taken = Set(columns)
        return columns.map { column in
            let isReserved = ["label", "probabilities", "value", features].contains(column)
            guard isReserved || column.utf8.first == UInt8(ascii: "/") else { return column }
            var name = "\(column)_"
            while !taken.insert(name).inserted { name += "_" }
            return name
        }
    }
}
