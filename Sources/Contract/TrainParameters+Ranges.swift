extension TrainParameters {
    /// The settings that no command could have asked for; a receipt may come from anyone, and hold anything.
    package var outOfRange: [String] {
        func wrong<Value>(_ key: String, _ value: Value?, _ isAllowed: (Value) -> Bool) -> String? {
            value.flatMap { isAllowed($0) ? nil : "\(key)=\($0)" }
        }
        return [
            wrong("trees", trees) { Self.treesAllowed.contains($0) },
            wrong("depth", depth) { Self.depthAllowed.contains($0) },
            wrong("test", test) { $0 >= 0 && $0 < 1 },
            wrong("leaf", leaf) { Self.leafAllowed.contains($0) },
            wrong("split", split) { Self.leafAllowed.contains($0) },
            wrong("rate", rate) { $0 > 0 && $0 <= 1 },
            wrong("leaves", leaves) { Self.leavesAllowed.contains($0) },
            wrong("rows", rows) { $0 > 0 && $0 <= 1 },
            wrong("l2", l2) { $0 >= 0 && $0.isFinite },
            wrong("stop", stop) { Self.stopAllowed.contains($0) },
            wrong("folds", folds) { Self.foldsAllowed.contains($0) },
            wrong("permute", permute) { Self.permuteAllowed.contains($0) },
        ].compactMap(\.self)
    }
}
