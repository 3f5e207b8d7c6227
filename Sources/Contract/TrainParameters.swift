/// How to train: the few choices that, with the data, decide every bit of the model.
///
/// The defaults are those of the Python script that this bot replaces.
package struct TrainParameters: Codable, Equatable, Sendable {
    /// The column to predict; nil: the one that looks like a target, else the last.
    package var target: String?
    /// How many trees, 1 to 10,000.
    package var trees: Int = 100
    /// How deep a tree may grow, 1 to 64; nil: as deep as the data ask for.
    package var depth: Int? = 5
    package var seed: UInt64 = 42
    /// The share of rows held back to measure the model, above 0 and below 1.
    package var test: Double = 0.2

    package init() {}

    package static let treesAllowed = 1...10_000
    package static let depthAllowed = 1...64
}

extension TrainParameters: CustomStringConvertible {
    /// The same words that a command takes: `trees=100 depth=5 seed=42 test=0.2`.
    package var description: String {
        let target = target.map { "target=\($0) " } ?? ""
        return "\(target)trees=\(trees) depth=\(depth.map(String.init) ?? "none") seed=\(seed) test=\(test)"
    }
}
