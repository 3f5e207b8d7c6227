/// How good a model is, measured on rows that it never saw, and what it looks at.
package struct TrainMetrics: Codable, Equatable, Sendable {
    package struct Importance: Codable, Equatable, Sendable {
        package var feature: String
        /// The share of all that was learnt, 0 to 1; all features sum to 1.
        package var share: Double

        package init(feature: String, share: Double) {
            self.feature = feature
            self.share = share
        }
    }

    /// Of a model that says numbers.
    package struct Regression: Codable, Equatable, Sendable {
        /// The root of the mean squared error.
        package var rmse: Double
        /// That of always saying the mean of the training rows.
        package var baselineRMSE: Double
        /// The mean absolute error.
        package var mae: Double
        /// The share of the variance that is explained.
        package var r2: Double

        package init(rmse: Double, baselineRMSE: Double, mae: Double, r2: Double) {
            self.rmse = rmse
            self.baselineRMSE = baselineRMSE
            self.mae = mae
            self.r2 = r2
        }
    }

    /// What was true of a row, and what the model said.
    package struct Example: Codable, Equatable, Sendable {
        package var truth: Double
        package var predicted: Double

        package init(truth: Double, predicted: Double) {
            self.truth = truth
            self.predicted = predicted
        }
    }

    /// How good a forest's first trees were.
    package struct CurvePoint: Codable, Equatable, Sendable {
        package var trees: Int
        /// Accuracy or R² on rows that they never saw.
        package var score: Double

        package init(trees: Int, score: Double) {
            self.trees = trees
            self.score = score
        }
    }

    /// What the owner's own command measured, under the name that it gave it.
    package struct Figure: Codable, Equatable, Sendable {
        package var name: String
        package var value: Double

        package init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    package var target: String
    /// None where the model says numbers.
    package var classes: [String]
    package var trainRows: Int
    /// 0 where every row was learnt from: then nothing was measured on them.
    package var testRows: Int
    /// Of a classification.
    package var accuracy: Double?
    package var macroF1: Double?
    /// The accuracy of always naming the most frequent class of the training rows.
    package var baselineAccuracy: Double?
    package var regression: Regression?
    /// Accuracy or R² over the rows that a tree's bootstrap left out; nil where there is no such thing.
    package var outOfBagScore: Double?
    /// `confusion[true][predicted]`, counts in the order of `classes`.
    package var confusion: [[Int]]
    /// Most important first.
    package var importance: [Importance]
    /// Of a forest, its out-of-bag score while it grew.
    package var curve: [CurvePoint]?
    /// Of a regression, some of the rows that it never saw.
    package var examples: [Example]?
    /// Accuracy or R² of a quick linear model on the same rows.
    package var linearScore: Double?
    /// All that is known of a model of the owner's own command; nil of any other.
    package var figures: [Figure]?

    /// Those of the owner's own command.
    package init(figures: [Figure]) {
        self.init(target: "", classes: [], trainRows: 0, testRows: 0, outOfBagScore: nil, importance: [])
        self.figures = figures
    }

    package init(
        target: String,
        classes: [String],
        trainRows: Int,
        testRows: Int,
        accuracy: Double? = nil,
        macroF1: Double? = nil,
        baselineAccuracy: Double? = nil,
        regression: Regression? = nil,
        outOfBagScore: Double?,
        confusion: [[Int]] = [],
        importance: [Importance]
    ) {
        self.target = target
        self.classes = classes
        self.trainRows = trainRows
        self.testRows = testRows
        self.accuracy = accuracy
        self.macroF1 = macroF1
        self.baselineAccuracy = baselineAccuracy
        self.regression = regression
        self.outOfBagScore = outOfBagScore
        self.confusion = confusion
        self.importance = importance
    }
}
