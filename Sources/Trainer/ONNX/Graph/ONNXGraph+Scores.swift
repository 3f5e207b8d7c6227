extension ONNXGraph {
    /// Adds a boosted model: `X` → doubles → the sum of each score's trees → plus the base → outputs.
    mutating func addBoost(_ boosted: BoostedTrees, classes: [String]) {
        addSums(of: boosted.trees, targets: boosted.base.count, as: "okai_sums")
        add(.doubles(boosted.base), as: "okai_base")
        add("Add", ["okai_sums", "okai_base"], ["okai_scores"])
        addOutputs(of: "okai_scores", classes: classes)
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
            add("Softmax", [scores], ["okai_shares"], [.integer("axis", 1)])
        } else {
            add(.doubles([0]), as: "okai_zero")
            add(.integers([-1]), as: "okai_list")
            add("Greater", [scores, "okai_zero"], ["okai_is_second"])
            add(
                "Cast",
                ["okai_is_second"],
                ["okai_second"],
                [.integer("to", Int(ElementType.integer.rawValue))]
            )
            add("Reshape", ["okai_second", "okai_list"], ["okai_winner"])
            addLabel(at: "okai_winner", classes: classes)
            add("Sigmoid", [scores], ["okai_share_of_second"])
            add(.doubles([1]), as: "okai_one")
            add("Sub", ["okai_one", "okai_share_of_second"], ["okai_share_of_first"])
            add(
                "Concat",
                ["okai_share_of_first", "okai_share_of_second"],
                ["okai_shares"],
                [.integer("axis", 1)]
            )
        }
        add("Cast", ["okai_shares"], ["probabilities"], [.integer("to", Int(ElementType.float.rawValue))])
        addOutput("probabilities", .float, columns: classes.count)
    }
}
