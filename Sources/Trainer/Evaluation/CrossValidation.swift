import Tables

/// The scores of a k-fold cross-validation.
///
/// For each fold, a model is trained on all other folds and tested on this fold.
package struct CrossValidation: Codable, Equatable, Sendable {
    package struct Score: Codable, Equatable, Sendable {
        package let name: String
        /// The score of each fold that has scores.
        package let values: [Double]
        package let mean: Double
        /// The sample standard deviation of the values (divisor n - 1).
        package let deviation: Double

        init(_ name: String, _ values: [Double]) {
            self.name = name
            self.values = values
            mean = values.mean
            deviation = values.deviation
        }
    }

    package let folds: Int
    package let scores: [Score]

    /// Divides the rows into `folds` folds, and measures the scores of each fold.
    ///
    /// In a classification, the classes have nearly the same proportions in all folds. With `groups`, the group of each
    /// row, each group is in one fold instead, and the folds have nearly as many rows as the groups allow.
    ///
    /// `measure` trains a model on the rows `train` and returns the scores of the model on the rows `test`. Folds for
    /// which `measure` returns nil are left out.
    ///
    /// - Throws: ``TrainingError/tooFewRows(rows:)`` if there are fewer rows than folds,
    ///   ``TrainingError/fewerGroupsThanFolds(groups:folds:)``, ``TrainingError/unscoredFolds(folds:)`` if no fold has scores, and the errors of `measure`.
    init(
        _ data: Dataset,
        folds: Int,
        seed: UInt64,
        groups: [Int]? = nil,
        measure: (_ train: [Int], _ test: [Int]) throws(TrainingError) -> Scores?
    ) throws(TrainingError) {
        guard data.rows >= folds else { throw .tooFewRows(rows: data.rows) }
        let fold =
            if let groups {
                try Self.folds(WholeGroups(groups), count: folds, seed: seed)
            } else {
                Self.folds(data, count: folds, seed: seed)
            }
        var measured: [Scores] = []
        for part in 0..<folds {
            let (train, test) = (
                fold.indices.filter { fold[$0] != part }, fold.indices.filter { fold[$0] == part }
            )
            if let scores = try measure(train, test) { measured.append(scores) }
        }
        guard let first = measured.first else { throw .unscoredFolds(folds: folds) }
        self.folds = folds
        scores = first.headlines.enumerated().map { index, headline in
            Score(headline.name, measured.map { $0.headlines[index].value })
        }
    }

    /// The fold of each row.
    ///
    /// The rows are ordered by class and shuffled within each class. Then the first row goes to the first fold, the
    /// second row to the second fold, and so on in turns.
    static func folds(_ data: Dataset, count: Int, seed: UInt64) -> [Int] {
        var folds = [Int](repeating: 0, count: data.rows)
        for (position, row) in RowGroups(data).shuffled(seed: seed).joined().enumerated() {
            folds[row] = position % count
        }
        return folds
    }

    private static func folds(
        _ groups: WholeGroups,
        count: Int,
        seed: UInt64
    ) throws(TrainingError) -> [Int] {
        guard groups.rows.count >= count else {
            throw .fewerGroupsThanFolds(groups: groups.rows.count, folds: count)
        }
        return groups.folds(count, seed: seed)
    }
}
