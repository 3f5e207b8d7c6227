/// The quality of a model on held-out rows, and the importance of its features.
package struct TrainMetrics: Codable, Equatable, Sendable {
    package struct Importance: Codable, Equatable, Sendable {
        package var feature: String
        /// The feature's share of the total importance, 0 to 1.
        ///
        /// The shares of all features sum to 1, or all are 0 if the model uses no feature.
        package var share: Double

        package init(feature: String, share: Double) {
            self.feature = feature
            self.share = share
        }
    }

    /// The metrics of a regression.
    package struct Regression: Codable, Equatable, Sendable {
        /// The root mean squared error.
        package var rmse: Double
        /// The root mean squared error of a model that always predicts the mean of the training rows.
        package var baselineRMSE: Double
        /// The mean absolute error.
        package var mae: Double
        /// The coefficient of determination.
        package var r2: Double

        package init(rmse: Double, baselineRMSE: Double, mae: Double, r2: Double) {
            self.rmse = rmse
            self.baselineRMSE = baselineRMSE
            self.mae = mae
            self.r2 = r2
        }
    }

    /// The actual and the predicted value of one held-out row.
    package struct Example: Codable, Equatable, Sendable {
        package var truth: Double
        package var predicted: Double

        package init(truth: Double, predicted: Double) {
            self.truth = truth
            self.predicted = predicted
        }
    }

    /// The score of the forest that consists of the first `trees` trees.
    package struct CurvePoint: Codable, Equatable, Sendable {
        package var trees: Int
        /// The out-of-bag accuracy or R².
        package var score: Double

        package init(trees: Int, score: Double) {
            self.trees = trees
            self.score = score
        }
    }

    /// A metric that an owner's training command reported.
    package struct Figure: Codable, Equatable, Sendable {
        package var name: String
        package var value: Double

        package init(name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    package var target: String
    /// Empty for a regression.
    package var classes: [String]
    package var trainRows: Int
    /// The number of held-out rows; if 0, the metrics on held-out rows are nil.
    package var testRows: Int
    /// For a classification, on held-out rows.
    package var accuracy: Double?
    /// For a classification, on held-out rows.
    package var macroF1: Double?
    /// The accuracy of a model that always predicts the most frequent class of the training rows.
    package var baselineAccuracy: Double?
    package var regression: Regression?
    /// The out-of-bag accuracy or R² of a forest; nil for other models, or if no row is out of bag.
    package var outOfBagScore: Double?
    /// `confusion[actual][predicted]`: counts of held-out rows, in the order of `classes`.
    package var confusion: [[Int]]
    /// In descending order of the share.
    package var importance: [Importance]
    /// The out-of-bag score of a forest by its number of trees.
    package var curve: [CurvePoint]?
    /// For a regression, a sample of the held-out rows.
    package var examples: [Example]?
    /// The accuracy or R² of a linear model on the held-out rows, as a baseline for trees.
    ///
    /// Nil if the model itself is linear, if there are no held-out rows, or if the table is too wide for a quick linear
    /// model.
    package var linearScore: Double?
    /// What was decided while the table was read, a sentence each: target, task, notations, columns left out.
    ///
    /// Nil in receipts of trainers before version 6.
    package var reading: [String]?
    /// The columns that a table needs for predictions, in their order; a date that gives several features is one.
    ///
    /// Nil in receipts of trainers before version 6.
    package var columns: [String]?
    /// The metrics of a model that an owner's training command trained; nil for other models.
    package var figures: [Figure]?

    /// The metrics that an owner's training command reported.
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
