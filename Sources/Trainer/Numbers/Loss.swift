/// The loss that boosting and linear models minimise.
enum Loss: Equatable, Sendable {
    /// Two classes: log loss of the logistic function of one score.
    case logistic
    /// More than two classes: log loss of the softmax of one score per class.
    case softmax(classes: Int)
    /// Regression: the squared error.
    case squared

    /// The number of scores per row.
    var scores: Int { if case .softmax(let classes) = self { classes } else { 1 } }

    /// The largest Newton step of a boosting round, before it is multiplied by the learning rate (XGBoost:
    /// `max_delta_step`).
    ///
    /// Rows that are predicted wrongly with high confidence have almost no curvature, so that a Newton step can be
    /// arbitrarily long. Without this limit, a model with many or rare classes could be no better than chance (see
    /// `scripts/bench quality classes300 longtail`). With few classes of equal size, the limit is not reached.
    var longestStep: Double { self == .squared ? .infinity : 20 }

    /// An upper bound of a row's curvature, a power of two.
    var greatestCurvature: Double {
        switch self {
        case .logistic: 0.25
        case .softmax: 0.5
        case .squared: 1
        }
    }
}
