extension ONNXGraph {
    /// Adds a linear model: `X` → the columns of the design matrix → scores as weighted sums in doubles → outputs.
    mutating func addLinear(_ model: LinearModel, classes: [String]) {
        var parts: [String] = []
        if !model.design.numbers.isEmpty { parts.append(addNumbers(model.design)) }
        for (feature, labels) in model.design.categories { parts.append(addIndicators(feature, labels)) }
        add("Concat", parts, ["/columns"], [.integer("axis", 1)])
        add(.doubles(model.weights, shape: [model.design.width, model.bias.count]), as: "/weights")
        add(.doubles(model.bias), as: "/bias")
        add("MatMul", ["/columns", "/weights"], ["/sums"])
        add("Add", ["/sums", "/bias"], ["/scores"])
        addOutputs(of: "/scores", classes: classes)
    }

    private mutating func addNumbers(_ design: LinearDesign) -> String {
        add(.integers(design.numbers.map(Int64.init)), as: "/number indices")
        add("Gather", [Self.features, "/number indices"], ["/numbers"], [.integer("axis", 1)])
        add("IsNaN", ["/numbers"], ["/missing"])
        add("Cast", ["/numbers"], ["/double numbers"], [.integer("to", Int(ElementType.double.rawValue))])
        add(.doubles(design.means), as: "/means")
        add(.doubles(design.scales), as: "/scales")
        add(.doubles([0]), as: "/mean of standardised")
        add("Sub", ["/double numbers", "/means"], ["/centred"])
        add("Div", ["/centred", "/scales"], ["/standardised"])
        add("Where", ["/missing", "/mean of standardised", "/standardised"], ["/filled"])
        return "/filled"
    }

    private mutating func addIndicators(_ feature: Int, _ labels: Int) -> String {
        let name = "/category \(feature)"
        add(.integers([Int64(feature)]), as: "\(name) index")
        add("Gather", [Self.features, "\(name) index"], ["\(name) code"], [.integer("axis", 1)])
        add(.floats((0..<labels).map { Float($0) }, shape: [1, labels]), as: "\(name) codes")
        add("Equal", ["\(name) code", "\(name) codes"], ["\(name) is"])
        add("Cast", ["\(name) is"], [name], [.integer("to", Int(ElementType.double.rawValue))])
        return name
    }
}
