/// What learns.
package enum ModelKind: String, Codable, CaseIterable, Sendable {
    /// Many trees that vote, each on a bag of rows.
    case forest
    /// Trees that mend, one after the other, what those before them got wrong.
    case boost
    /// A weighted sum of the features: what trees have to beat.
    case linear
}

/// What a row counts.
package enum ClassWeights: String, Codable, CaseIterable, Sendable {
    case equal
    /// The more, the rarer its class.
    case balanced
}
