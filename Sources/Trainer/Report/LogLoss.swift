/// The cross entropy between what a model says and the truth.
enum LogLoss {
    /// scikit-learn clips 64-bit probabilities to this far from 0 and 1; a row whose class was held impossible costs 36.
    private static let clip = Double.ulpOfOne

    /// The mean of -ln p; `probabilities` go row after row in the order of classes.
    static func mean(truth: [UInt16], probabilities: [Float], classes: Int) -> Double {
        let sum = truth.enumerated().reduce(0.0) { sum, row in
            let share = Double(probabilities[row.offset * classes + Int(row.element)])
            return sum - Elementary.log(min(max(share, clip), 1 - clip))
        }
        return sum / Double(truth.count)
    }
}
