/// What a learner returns.
struct FitResult: Sendable {
    let body: Model.Body
    /// The importance of each feature: shares that sum to 1, or all 0 if the model uses no feature.
    let importance: [Double]
    /// The out-of-bag score of a forest as its number of trees grows; empty for other models.
    let outOfBag: LearningCurve

    /// The out-of-bag score of the whole forest; nil for other models, and if no row is out of bag.
    var outOfBagScore: Double? { outOfBag.points.last?.score }
}
