extension ONNXGraph {
    /// The name of the tensor that the model's operations read: one float for each row and feature.
    static let features = "X"

    /// Adds one input `X` if all features are numeric, otherwise one input per feature.
    ///
    /// An input for one feature has the name that ``inputNames(_:)`` returns. A text becomes the index of its label; an
    /// unknown text becomes a missing value.
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
                .texts("keys_strings") { emit in labels.forEach(emit) },
                .floats("values_floats") { emit in labels.indices.forEach { emit(Float($0)) } },
                .float("default_float", .nan),
            ]
            add("LabelEncoder", [name], ["/code \(index)"], codes, domain: Self.learning)
            columns.append("/code \(index)")
        }
        add("Concat", columns, [Self.features], [.integer("axis", 1)])
    }

    /// The names of the inputs: the names of the columns, changed where the graph itself may use the same name.
    ///
    /// The graph uses ``features``, the names of the outputs, and names that begin with a slash. A column with such a
    /// name gets one or more `_` at the end, because no name of the graph ends with `_`.
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
