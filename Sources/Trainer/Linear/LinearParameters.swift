import Tables

/// The parameters of a linear model.
package struct LinearParameters: Equatable, Sendable {
    /// The strength of L2 regularisation: scikit-learn's alpha, or 1 / C.
    package var l2 = 1.0
    /// The most training rows; nil for all.
    package var maxRows: Int?

    package init() {}

    /// The parameters of the quick linear model that trees are compared with.
    ///
    /// The more features and classes there are, the fewer rows it is trained on; nil if fewer than 100 would be left.
    static func baseline(for data: Dataset) -> LinearParameters? {
        let scores = data.classes.count > 2 ? data.classes.count : 1
        let rows = min(10_000, 1_000_000 / ((LinearDesign.width(of: data.features) + 1) * scores))
        guard rows >= 100 else { return nil }
        var parameters = LinearParameters()
        parameters.maxRows = rows
        return parameters
    }
}
