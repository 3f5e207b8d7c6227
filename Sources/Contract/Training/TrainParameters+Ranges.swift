extension TrainParameters {
    /// Of rows to learn from, or of what a round of boosting adds.
    package static func isShare(_ value: Double) -> Bool { value > 0 && value <= 1 }

    /// Of rows to measure with: some must be left to learn from.
    package static func isTestShare(_ value: Double) -> Bool { value >= 0 && value < 1 }

    package static func isPenalty(_ value: Double) -> Bool { value >= 0 && value.isFinite }

    /// The settings that no command could have asked for; a receipt may come from anyone, and hold anything.
    package var outOfRange: [String] {
        func wrong<Value>(_ key: String, _ value: Value?, _ isAllowed: (Value) -> Bool) -> String? {
            value.flatMap { isAllowed($0) ? nil : "\(key)=\($0)" }
        }
        return [
            wrong("trees", trees) { Self.treesAllowed.contains($0) },
            wrong("depth", depth) { Self.depthAllowed.contains($0) },
            wrong("test", test, Self.isTestShare),
            wrong("leaf", leaf) { Self.leafAllowed.contains($0) },
            wrong("split", split) { Self.leafAllowed.contains($0) },
            wrong("rate", rate, Self.isShare),
            wrong("leaves", leaves) { Self.leavesAllowed.contains($0) },
            wrong("rows", rows, Self.isShare),
            wrong("l2", l2, Self.isPenalty),
            wrong("stop", stop) { Self.stopAllowed.contains($0) },
            wrong("folds", folds) { Self.foldsAllowed.contains($0) },
            wrong("permute", permute) { Self.permuteAllowed.contains($0) },
        ].compactMap(\.self)
    }
}
