extension ONNXGraph {
    /// Adds a linear model: `X` → the columns of the design matrix → scores as weighted sums in doubles → outputs.
    mutating func addLinear(_ model: LinearModel, classes: [String]) {
        var parts: [String] = []
        if !model.design.numbers.isEmpty { parts.append(addNumbers(model.design)) }
        for (feature, labels) in model.design.categories { parts.append(addIndicators(feature, labels)) }
        add("Concat", parts, ["okai_columns"], [.integer("axis", 1)])
        add(.doubles(model.weights, shape: [model.design.width, model.bias.count]), as: "okai_weights")
        add(.doubles(model.bias), as: "okai_bias")
        add("MatMul", ["okai_columns", "okai_weights"], ["okai_sums"])
        add("Add", ["okai_sums", "okai_bias"], ["okai_scores"])
        addOutputs(of: "okai_scores", classes: classes)
    }

    private mutating func addNumbers(_ design: LinearDesign) -> String {
        add(.integers(design.numbers.map(Int64.init)), as: "okai_number_indices")
        add("Gather", [Self.features, "okai_number_indices"], ["okai_numbers"], [.integer("axis", 1)])
        add("IsNaN", ["okai_numbers"], ["okai_missing"])
        add(
            "Cast",
            ["okai_numbers"],
            ["okai_double_numbers"],
            [.integer("to", Int(ElementType.double.rawValue))]
        )
        add(.doubles(design.means), as: "okai_means")
        add(.doubles(design.scales), as: "okai_scales")
        add(.doubles([0]), as: "okai_mean_of_standardised")
        add("Sub", ["okai_double_numbers", "okai_means"], ["okai_centred"])
        add("Div", ["okai_centred", "okai_scales"], ["okai_standardised"])
        add("Where", ["okai_missing", "okai_mean_of_standardised", "okai_standardised"], ["okai_filled"])
        return "okai_filled"
    }

    private mutating func addIndicators(_ feature: Int, _ labels: Int) -> String {
        let name = "okai_category_\(feature)"
        add(.integers([Int64(feature)]), as: "\(name)_index")
        add("Gather", [Self.features, "\(name)_index"], ["\(name)_code"], [.integer("axis", 1)])
        add(.floats((0..<labels).map { Float($0) }, shape: [1, labels]), as: "\(name)_codes")
        add("Equal", ["\(name)_code", "\(name)_codes"], ["\(name)_is"])
        add("Cast", ["\(name)_is"], [name], [.integer("to", Int(ElementType.double.rawValue))])
        return name
    }
}
