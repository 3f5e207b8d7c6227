/// The weights of training rows.
package enum ClassWeights: String, Codable, CaseIterable, Sendable {
    case equal
    /// Inversely proportional to the frequency of the row's class.
    case balanced
}
