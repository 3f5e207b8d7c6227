extension LearningParameters {
    /// The values of the settings by name, without those of the table, for the metadata in the model's file.
    var settings: [String: String] {
        var settings = ["seed": "\(seed)", "test": "\(testShare)"]
        // Only where they are given, so that models without them keep their bytes.
        if holdout != .random { settings["holdout"] = "\(holdout)" }
        settings["sample_weight"] = sampleWeight
        switch learner {
        case .forest(let forest):
            settings["model"] = "forest"
            settings["trees"] = "\(forest.trees)"
            settings["depth"] = forest.maxDepth.map { "\($0)" } ?? "none"
            settings["leaf"] = "\(forest.minSamplesLeaf)"
            settings["split"] = "\(forest.minSamplesSplit)"
            settings["features"] = "\(forest.maxFeatures)"
            settings["weights"] = "\(forest.classWeight)"
        case .boost(let boost):
            settings["model"] = "boost"
            settings["rounds"] = "\(boost.rounds)"
            settings["rate"] = "\(boost.rate)"
            settings["leaves"] = "\(boost.leaves)"
            settings["depth"] = boost.maxDepth.map { "\($0)" } ?? "none"
            settings["leaf"] = "\(boost.minSamplesLeaf)"
            settings["l2"] = "\(boost.l2)"
            settings["rows"] = "\(boost.rowShare)"
            settings["features"] = "\(boost.features)"
            settings["stop"] = boost.patience.map { "\($0)" } ?? "none"
            settings["validation"] = "\(boost.validationShare)"
        case .linear(let linear):
            settings["model"] = "linear"
            settings["l2"] = "\(linear.l2)"
            settings["rows"] = linear.maxRows.map { "\($0)" } ?? "all"
        }
        return settings
    }
}
