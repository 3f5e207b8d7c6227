/// The log loss (cross entropy) of predicted probabilities.
enum LogLoss {
    /// The least distance of a probability from 0 and 1, as in scikit-learn for 64-bit floats.
    ///
    /// If the true class of a row has the probability 0, the loss of the row is about 36.
    private static let clip = Double.ulpOfOne

    /// The mean of -ln p over all rows, where p is the predicted probability of the true class.
    ///
    /// The probability of a class is `probabilities[row * classes + class]`.
    static func mean(truth: [UInt16], probabilities: [Float], classes: Int) -> Double {
        truth.enumerated().reduce(0.0) { sum, row in
            sum + loss(Double(probabilities[row.offset * classes + Int(row.element)]))
        } / Double(truth.count)
    }

    /// The mean of -ln p if the predicted probabilities of every row are `frequencies`.
    static func mean(truth: [UInt16], frequencies: [Double]) -> Double {
        let losses = frequencies.map(loss)
        return truth.reduce(0.0) { $0 + losses[Int($1)] } / Double(truth.count)
    }

    private static func loss(_ probability: Double) -> Double {
        -Elementary.log(min(max(probability, clip), 1 - clip))
    }
}
