/// How good a forest is, measured on rows that it never saw, and what it looked at.
package struct ForestReport: Codable, Equatable, Sendable {
    package struct Importance: Codable, Equatable, Sendable {
        package let feature: String
        /// The share of all impurity decrease, 0 to 1; all features sum to 1.
        package let share: Double
    }

    package struct ClassScore: Codable, Equatable, Sendable {
        package let label: String
        package let precision: Double
        package let recall: Double
        package let f1: Double
        /// Rows of this class in the test set.
        package let support: Int
    }

    package let target: String
    package let features: [String]
    package let classes: [String]
    package let trainRows: Int
    package let testRows: Int
    package let accuracy: Double
    /// The mean of the classes' F1 scores, 0 where a class was never named.
    package let macroF1: Double
    /// The accuracy of always naming the most frequent class of the training rows.
    package let baselineAccuracy: Double
    /// Accuracy over rows that a tree's bag left out; nil where every row was always drawn.
    package let outOfBagScore: Double?
    /// `confusion[true][predicted]`, in the order of `classes`.
    package let confusion: [[Int]]
    package let scores: [ClassScore]
    /// Most important first.
    package let importance: [Importance]
    /// What a person should know before trusting the figures.
    package let warnings: [String]
}

/// Scores of predictions against the truth, defined as scikit-learn defines them.
struct ClassificationScores {
    let confusion: [[Int]]

    init(truth: [Int], predicted: [Int], classes: Int) {
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        for (truth, predicted) in zip(truth, predicted) { confusion[truth][predicted] += 1 }
        self.confusion = confusion
    }

    var accuracy: Double {
        let right = confusion.indices.reduce(0) { $0 + confusion[$1][$1] }
        return Self.ratio(right, confusion.joined().reduce(0, +))
    }

    /// The mean over the classes that occur, in truth or among predictions.
    var macroF1: Double {
        let occurring = confusion.indices.filter { support($0) + namings($0) > 0 }
        return occurring.reduce(0.0) { $0 + f1($1) } / Double(max(occurring.count, 1))
    }

    func support(_ label: Int) -> Int { confusion[label].reduce(0, +) }
    func precision(_ label: Int) -> Double { Self.ratio(confusion[label][label], namings(label)) }
    func recall(_ label: Int) -> Double { Self.ratio(confusion[label][label], support(label)) }

    func f1(_ label: Int) -> Double {
        Self.ratio(2 * confusion[label][label], support(label) + namings(label))
    }

    private func namings(_ label: Int) -> Int { confusion.reduce(0) { $0 + $1[label] } }

    private static func ratio(_ part: Int, _ whole: Int) -> Double {
        whole == 0 ? 0 : Double(part) / Double(whole)
    }
}
