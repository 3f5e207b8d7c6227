/// Scores of a classification, defined as scikit-learn defines them.
package struct ClassificationScores: Codable, Equatable, Sendable {
    package struct PerClass: Codable, Equatable, Sendable {
        package let label: String
        package let precision: Double
        package let recall: Double
        package let f1: Double
        /// Rows of this class in the test set.
        package let support: Int
    }

    /// The scores of a model that knows only how often each class came among the training rows: it always names the most
    /// frequent one, with these shares for probabilities.
    package struct Baseline: Codable, Equatable, Sendable {
        package let balancedAccuracy: Double
        package let macroF1: Double
        package let logLoss: Double
    }

    package let accuracy: Double
    /// Where the accuracy on all rows there could be lies with 95 % confidence (Wilson 1927).
    package let accuracyInterval: [Double]
    /// The accuracy of always naming the most frequent class of the training rows.
    package let baselineAccuracy: Double
    package let baseline: Baseline
    /// The mean recall of the classes that occur in the test rows.
    package let balancedAccuracy: Double
    /// The mean F1 of the classes that occur or were named, 0 where one was never right.
    package let macroF1: Double
    /// The mean of -ln p over p, the probability of the true class, clipped to 2.2e-16 … 1 - 2.2e-16 (64-bit floats).
    package let logLoss: Double
    /// The area under the ROC curve of the second class of two; of more, the mean of each against the rest.
    package let rocAUC: Double?
    /// Why there is no area.
    package let rocAUCOmitted: String?
    /// `confusion[true][predicted]`, in the order of the classes.
    package let confusion: [[Int]]
    package let perClass: [PerClass]

    /// Compares what a model says of rows with the truth; `shares` are those of the classes among the training rows.
    init(
        truth: [UInt16],
        predicted: [UInt16],
        probabilities: [Float],
        classes: [String],
        shares: [Double],
        threads: Int = 1
    ) {
        let matrix = ConfusionMatrix(truth: truth, predicted: predicted, classes: classes.count)
        accuracy = matrix.accuracy
        accuracyInterval = Wilson.interval(right: matrix.right, of: truth.count)
        let usual = UInt16(shares.indices.reduce(0) { shares[$1] > shares[$0] ? $1 : $0 })
        let ignorant = ConfusionMatrix(
            truth: truth,
            predicted: truth.map { _ in usual },
            classes: classes.count
        )
        baselineAccuracy = ignorant.accuracy
        baseline = Baseline(
            balancedAccuracy: ignorant.balancedAccuracy,
            macroF1: ignorant.macroF1,
            logLoss: LogLoss.mean(truth: truth, shares: shares)
        )
        balancedAccuracy = matrix.balancedAccuracy
        macroF1 = matrix.macroF1
        logLoss = LogLoss.mean(truth: truth, probabilities: probabilities, classes: classes.count)
        let area = ROCCurve.area(
            truth: truth,
            probabilities: probabilities,
            classes: classes,
            threads: threads
        )
        switch area {
        case .success(let area): (rocAUC, rocAUCOmitted) = (area, nil)
        case .failure(let reason): (rocAUC, rocAUCOmitted) = (nil, "\(reason)")
        }
        confusion = matrix.counts
        perClass = classes.indices.map { index in
            PerClass(
                label: classes[index],
                precision: matrix.precision(index),
                recall: matrix.recall(index),
                f1: matrix.f1(index),
                support: matrix.support(index)
            )
        }
    }
}
