extension TrainParameters {
    package static let treesAllowed = 1...10_000
    package static let depthAllowed = 1...64
    package static let leafAllowed = 1...1_000_000
    package static let leavesAllowed = 2...65_536
    package static let stopAllowed = 1...10_000
    package static let foldsAllowed = 2...100
    package static let permuteAllowed = 1...100

    /// Whether `value` is a share of rows to sample, or a learning rate.
    package static func isShare(_ value: Double) -> Bool { value > 0 && value <= 1 }

    /// Whether `value` is a share of rows to hold out; 1 is excluded, because it would leave no rows for training.
    package static func isTestShare(_ value: Double) -> Bool { value >= 0 && value < 1 }

    package static func isPenalty(_ value: Double) -> Bool { value >= 0 && value.isFinite }
}
