import Contract

extension TrainArgumentParser {
    /// Sets what says how to learn; false where `key` is no such setting.
    static func setLearning(
        _ key: String,
        to value: String,
        in parameters: inout TrainParameters
    ) throws(UsageError) -> Bool {
        switch key {
        case "model": parameters.model = try choice(key, value, of: ModelKind.allCases)
        case "leaf": parameters.leaf = try integer(key, value, in: TrainParameters.leafAllowed)
        case "split": parameters.split = try integer(key, value, in: TrainParameters.leafAllowed)
        case "weights": parameters.weights = try choice(key, value, of: ClassWeights.allCases)
        case "rounds": parameters.rounds = try integer(key, value, in: TrainParameters.treesAllowed)
        case "leaves": parameters.leaves = try integer(key, value, in: TrainParameters.leavesAllowed)
        case "stop": parameters.stop = try integer(key, value, in: TrainParameters.treesAllowed)
        case "rate":
            parameters.rate = try number(key, value, "a number above 0, at most 1") { $0 > 0 && $0 <= 1 }
        case "rows":
            parameters.rows = try number(key, value, "a share above 0, at most 1") { $0 > 0 && $0 <= 1 }
        case "l2": parameters.l2 = try number(key, value, "a number from 0 up") { $0 >= 0 && $0.isFinite }
        case "features":
            guard let limit = FeatureLimit(rawValue: value) else {
                throw wrong(key, value, "all, sqrt, log2, a share such as 0.3, or how many")
            }
            parameters.features = limit
        default: return false
        }
        return true
    }

    private static func number(
        _ key: String,
        _ value: String,
        _ allowed: String,
        where isAllowed: (Double) -> Bool
    ) throws(UsageError) -> Double {
        guard let number = Double(value), isAllowed(number) else { throw wrong(key, value, allowed) }
        return number
    }
}
