/// How to fit a linear model.
package struct LinearParameters: Equatable, Sendable {
    /// What the squares of all coefficients cost, beside the loss of all rows: scikit-learn's alpha, or 1 / C.
    package var l2 = 1.0
    /// Rows that are learnt from at most, evenly spread; nil: all.
    package var mostRows: Int?

    package init() {}

    /// As good as what trees are to be compared with needs to be, and quick.
    package static let baseline: LinearParameters = {
        var parameters = LinearParameters()
        parameters.mostRows = 10_000
        return parameters
    }()
}
