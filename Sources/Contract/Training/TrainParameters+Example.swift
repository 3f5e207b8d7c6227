extension TrainParameters {
    /// Parameters in which every setting has a value, for examples in refusals.
    ///
    /// They do not belong together: no model uses all of them.
    static let example: TrainParameters = {
        var example = TrainParameters()
        (example.target, example.task, example.model) = ("species", .classification, .boost)
        (example.trees, example.depth, example.leaf, example.split) = (200, 8, 5, 10)
        (example.features, example.weights) = (.sqrt, .balanced)
        (example.rate, example.leaves, example.rows, example.l2, example.stop) = (0.1, 31, 0.8, 1, 20)
        (example.separator, example.quote, example.decimal, example.header) = (
            .semicolon, .double, .comma, true
        )
        (example.ignore, example.missing) = (["id", "name"], ["unknown", "-999"])
        (example.types, example.thousands) = (["zip": .text], .comma)
        (example.holdout, example.sampleWeight) = (.time, "weight")
        (example.folds, example.permute, example.command) = (5, 5, "mine")
        return example
    }()
}
