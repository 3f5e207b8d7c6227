/// What a learner found in a dataset.
struct Fitted: Sendable {
    let body: Model.Body
    /// The share of each feature in what was learnt, 0 to 1, together 1; all zero where nothing was.
    let importance: [Double]
    /// Over rows that a tree's bag left out.
    let outOfBag: LearningCurve

    /// Nil where there is no such thing.
    var outOfBagScore: Double? { outOfBag.points.last?.score }
}
