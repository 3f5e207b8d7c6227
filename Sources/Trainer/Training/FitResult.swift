/// The result of a learner.
struct FitResult: Sendable {
    let body: Model.Body
    /// The importance of each feature: shares that sum to 1.
    ///
    /// All are 0 if the model uses no feature.
    let importance: [Double]
    /// The out-of-bag score of a forest by its number of trees; empty for other models.
    let outOfBag: LearningCurve

    /// The out-of-bag score of the whole forest; nil for other models, or if no row is out of bag.
    var outOfBagScore: Double? { outOfBag.points.last?.score }
}
