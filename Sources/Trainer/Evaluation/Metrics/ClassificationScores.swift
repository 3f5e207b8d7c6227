/// The scores of a classification, with scikit-learn's definitions.
package struct ClassificationScores: Codable, Equatable, Sendable {
    package struct PerClass: Codable, Equatable, Sendable {
        package let label: String
        package let precision: Double
        package let recall: Double
        package let f1: Double
        /// The number of test rows of this class.
        package let support: Int
    }

    /// The scores of a baseline that always predicts the most frequent class of the training rows.
    ///
    /// Its probabilities are the frequencies of the classes.
    package struct Baseline: Codable, Equatable, Sendable {
        package let balancedAccuracy: Double
        package let macroF1: Double
        package let logLoss: Double
    }

    package let accuracy: Double
    /// The 95 % confidence interval of the accuracy, lower and upper bound (Wilson 1927).
    package let accuracyInterval: [Double]
    /// The accuracy of always predicting the most frequent class of the training rows.
    package let baselineAccuracy: Double
    package let baseline: Baseline
    /// The mean recall of the classes that occur in the test rows.
    package let balancedAccuracy: Double
    /// The mean F1 of the classes that occur in the test rows or in the predictions.
    ///
    /// A class without a correct prediction has F1 0.
    package let macroF1: Double
    /// The mean of -ln p, where p is the predicted probability of the true class.
    ///
    /// p is clipped to 2.2e-16 … 1 - 2.2e-16 (64-bit floats).
    package let logLoss: Double
    /// The area under the ROC curve.
    ///
    /// For two classes, the area with the second class as the positive class. For more classes, the mean of the areas
    /// of each class against all other classes.
    package let rocAUC: Double?
    /// Why `rocAUC` is nil.
    package let rocAUCOmitted: String?
    /// `confusion[true][predicted]`, in the order of the classes.
    package let confusion: [[Int]]
    package let perClass: [PerClass]

    /// The scores of predictions for test rows.
    ///
    /// `truth` and `predicted` are class indices. `probabilities[row * classes.count + class]` is the predicted
    /// probability of a class. `frequencies` are the shares of the classes in the training rows.
    init(
        truth: [UInt16],
        predicted: [UInt16],
        probabilities: [Float],
        classes: [String],
        frequencies: [Double],
        threads: Int = 1
    ) {
        let matrix = ConfusionMatrix(truth: truth, predicted: predicted, classes: classes.count)
        accuracy = matrix.accuracy
        accuracyInterval = WilsonInterval.bounds(successes: matrix.correct, of: truth.count)
        let majority = UInt16(frequencies.indices.reduce(0) { frequencies[$1] > frequencies[$0] ? $1 : $0 })
        let baselineMatrix = ConfusionMatrix(
            truth: truth,
            predicted: truth.map { _ in majority },
            classes: classes.count
        )
        baselineAccuracy = baselineMatrix.accuracy
        baseline = Baseline(
            balancedAccuracy: baselineMatrix.balancedAccuracy,
            macroF1: baselineMatrix.macroF1,
            logLoss: LogLoss.mean(truth: truth, frequencies: frequencies)
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
