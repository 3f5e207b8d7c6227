/// The cross entropy between what a model says and the truth.
enum LogLoss {
    /// scikit-learn clips 64-bit probabilities to this far from 0 and 1; a row whose class was held impossible costs 36.
    private static let clip = Double.ulpOfOne

    /// The mean of -ln p; `probabilities` go row after row in the order of classes.
    static func mean(truth: [UInt16], probabilities: [Float], classes: Int) -> Double {
        truth.enumerated().reduce(0.0) { sum, row in
            sum + loss(Double(probabilities[row.offset * classes + Int(row.element)]))
        } / Double(truth.count)
    }

    /// The same where every row is said to be of each class with its share.
    static func mean(truth: [UInt16], shares: [Double]) -> Double {
        let losses = shares.map(loss)
        return truth.reduce(0.0) { $0 + losses[Int($1)] } / Double(truth.count)
    }

    private static func loss(_ share: Double) -> Double { -Elementary.log(min(max(share, clip), 1 - clip)) }
}
