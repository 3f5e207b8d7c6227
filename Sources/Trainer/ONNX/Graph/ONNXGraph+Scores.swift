extension ONNXGraph {
    /// Adds a boosted model: `X` → doubles → the sum of each score's trees → plus the base → outputs.
    mutating func addBoost(_ boosted: BoostedTrees, classes: [String]) {
        addSums(of: boosted.trees, targets: boosted.base.count, as: "/sums")
        add(.doubles(boosted.base), as: "/base")
        add("Add", ["/sums", "/base"], ["/scores"])
        addOutputs(of: "/scores", classes: classes)
    }

    /// Adds the outputs for scores in doubles: `value` in a regression, otherwise `label` and `probabilities`.
    ///
    /// The label is computed from the scores, because different probabilities may become equal when rounded to floats.
    mutating func addOutputs(of scores: String, classes: [String]) {
        guard !classes.isEmpty else {
            add("Cast", [scores], ["value"], [.integer("to", Int(ElementType.float.rawValue))])
            return addOutput("value", .float, columns: 1)
        }
        if classes.count > 2 {
            addLabel(of: scores, classes: classes)
            add("Softmax", [scores], ["/shares"], [.integer("axis", 1)])
        } else {
            add(.doubles([0]), as: "/zero")
            add(.integers([-1]), as: "/list")
            add("Greater", [scores, "/zero"], ["/is second"])
            add("Cast", ["/is second"], ["/second"], [.integer("to", Int(ElementType.integer.rawValue))])
            add("Reshape", ["/second", "/list"], ["/winner"])
            addLabel(at: "/winner", classes: classes)
            add("Sigmoid", [scores], ["/share of second"])
            add(.doubles([1]), as: "/one")
            add("Sub", ["/one", "/share of second"], ["/share of first"])
            add("Concat", ["/share of first", "/share of second"], ["/shares"], [.integer("axis", 1)])
        }
        add("Cast", ["/shares"], ["probabilities"], [.integer("to", Int(ElementType.float.rawValue))])
        addOutput("probabilities", .float, columns: classes.count)
    }
}
