/// What a completed job brings back.
package enum Outcome: Codable, Equatable, Sendable {
    case trained(result: TrainResult)
    case looked(card: BlobCard)
    /// No aggregator has the blob.
    case missing(blob: BlobID)
}

/// A blob as it was stored: its ID, recomputed from its bytes, and its size in bytes.
package struct StoredBlob: Codable, Equatable, Sendable {
    package var id: BlobID
    package var size: Int

    package init(id: BlobID, size: Int) {
        self.id = id
        self.size = size
    }
}

/// The result of a training.
package struct TrainResult: Codable, Equatable, Sendable {
    package var model: StoredBlob
    package var receipt: StoredBlob
    package var metrics: TrainMetrics

    package init(model: StoredBlob, receipt: StoredBlob, metrics: TrainMetrics) {
        self.model = model
        self.receipt = receipt
        self.metrics = metrics
    }
}

/// How good a classifier is, measured on rows that it never saw.
package struct TrainMetrics: Codable, Equatable, Sendable {
    package struct Importance: Codable, Equatable, Sendable {
        package var feature: String
        /// The share of all impurity decrease, 0 to 1; all features sum to 1.
        package var share: Double

        package init(feature: String, share: Double) {
            self.feature = feature
            self.share = share
        }
    }

    package var target: String
    package var classes: [String]
    package var trainRows: Int
    package var testRows: Int
    package var accuracy: Double
    package var macroF1: Double
    /// The accuracy of always naming the most frequent class of the training rows.
    package var baselineAccuracy: Double
    /// Accuracy over the rows that a tree's bootstrap left out; nil where every row was always drawn.
    package var outOfBagScore: Double?
    /// `confusion[true][predicted]`, counts in the order of `classes`.
    package var confusion: [[Int]]
    /// Most important first.
    package var importance: [Importance]

    package init(
        target: String,
        classes: [String],
        trainRows: Int,
        testRows: Int,
        accuracy: Double,
        macroF1: Double,
        baselineAccuracy: Double,
        outOfBagScore: Double?,
        confusion: [[Int]],
        importance: [Importance]
    ) {
        self.target = target
        self.classes = classes
        self.trainRows = trainRows
        self.testRows = testRows
        self.accuracy = accuracy
        self.macroF1 = macroF1
        self.baselineAccuracy = baselineAccuracy
        self.outOfBagScore = outOfBagScore
        self.confusion = confusion
        self.importance = importance
    }
}
