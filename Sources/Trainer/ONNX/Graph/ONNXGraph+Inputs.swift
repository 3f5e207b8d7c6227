extension ONNXGraph {
    /// The name of the tensor that the model's operations read: one float for each row and feature.
    static let features = "X"

    /// Adds one input `X` if all features are numeric, otherwise one input per feature.
    ///
    /// An input for one feature has the name that ``inputNames(_:)`` returns, and the name of the column as its
    /// documentation. A text becomes the index of its label; an unknown text becomes a missing value.
    mutating func addInputs(_ inputs: [Model.Input]) {
        guard let names = Self.inputNames(inputs) else {
            let columns = "the columns that okai.features in the metadata names, in that order"
            return addInput(Self.features, .float, columns: inputs.count, documentation: columns)
        }
        var columns: [String] = []
        for (index, (input, name)) in zip(inputs, names).enumerated() {
            guard let labels = input.labels else {
                addInput(name, .float, columns: 1, documentation: input.name)
                columns.append(name)
                continue
            }
            addInput(name, .text, columns: 1, documentation: input.name)
            let codes: [ONNXAttribute] = [
                .texts("keys_strings") { emit in labels.forEach(emit) },
                .floats("values_floats") { emit in labels.indices.forEach { emit(Float($0)) } },
                .float("default_float", .nan),
            ]
            add("LabelEncoder", [name], ["okai_code_\(index)"], codes, domain: Self.learning)
            columns.append("okai_code_\(index)")
        }
        add("Concat", columns, [Self.features], [.integer("axis", 1)])
    }
}
