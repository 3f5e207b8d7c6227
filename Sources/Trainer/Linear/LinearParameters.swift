import Tables

/// How to fit a linear model.
package struct LinearParameters: Equatable, Sendable {
    /// What the squares of all coefficients cost, beside the loss of all rows: scikit-learn's alpha, or 1 / C.
    package var l2 = 1.0
    /// Rows that are learnt from at most; nil: all.
    package var mostRows: Int?

    package init() {}

    /// As good as what trees are compared with needs to be, and quick: fewer rows the more features and classes there
    /// are, and nil where too few would be left to say anything.
    static func baseline(for data: Dataset) -> LinearParameters? {
        let scores = data.classes.count > 2 ? data.classes.count : 1
        let rows = min(10_000, 1_000_000 / ((LinearDesign.width(of: data.features) + 1) * scores))
        guard rows >= 100 else { return nil }
        var parameters = LinearParameters()
        parameters.mostRows = rows
        return parameters
    }
}
