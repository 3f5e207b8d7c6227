import Tables

/// The parameters of a linear model.
package struct LinearParameters: Equatable, Sendable {
    /// The strength of L2 regularisation: scikit-learn's alpha for a regression, and 1 / C for a classification.
    package var l2 = 1.0
    /// The largest number of training rows; nil for all rows.
    package var maxRows: Int?

    package init() {}

    /// The parameters of the small linear model with which models of trees are compared.
    ///
    /// The more features and classes there are, the fewer rows this model is trained on. Nil if the largest number of
    /// rows would be below 100.
    static func baseline(for data: Dataset) -> LinearParameters? {
        let scores = data.classes.count > 2 ? data.classes.count : 1
        let rows = min(10_000, 1_000_000 / ((LinearDesign.width(of: data.features) + 1) * scores))
        guard rows >= 100 else { return nil }
        var parameters = LinearParameters()
        parameters.maxRows = rows
        return parameters
    }
}
