/// Draws the rows and features of each tree, and the validation rows of early stopping.
struct BoostSampler {
    /// The rows that are held out in all rounds; empty without early stopping.
    let validation: [UInt32]
    private let training: [UInt32]
    private let share: Double
    private let seed: UInt64

    init(rows: Int, _ parameters: BoostParameters, seed: UInt64) {
        (share, self.seed) = (parameters.rowShare, seed)
        guard parameters.patience != nil else {
            (validation, training) = ([], (0..<UInt32(rows)).map(\.self))
            return
        }
        var generator = SplitMix64(seed, 0x7A11D)
        var (held, kept): ([UInt32], [UInt32]) = ([], [])
        for row in 0..<UInt32(rows) {
            if generator.unit() < parameters.validationShare { held.append(row) } else { kept.append(row) }
        }
        (validation, training) = (held, kept)
    }

    /// The rows that the trees of this round are grown on, ascending, and all other rows, in any order.
    func rows(round: Int) -> (drawn: [UInt32], others: [UInt32]) {
        guard share < 1 else { return (training, validation) }
        var generator = SplitMix64(seed, 0x5A3B1E, UInt64(round))
        var (drawn, others): ([UInt32], [UInt32]) = ([], validation)
        for row in training { if generator.unit() < share { drawn.append(row) } else { others.append(row) } }
        return (drawn, others)
    }

    /// Draws the features that a tree may use for its splits; returns their indices, ascending.
    func features(of count: Int, _ draw: MaxFeatures, round: Int, score: Int) -> [Int] {
        let wanted = draw.count(of: count)
        guard wanted < count else { return Array(0..<count) }
        var generator = SplitMix64(seed, 0xFEA7, UInt64(round), UInt64(score))
        var features = Array(0..<count)
        for index in 0..<wanted { features.swapAt(index, index + generator.below(count - index)) }
        return features.prefix(wanted).sorted()
    }
}
