/// The tasks that a target poses: predicting its class, or its number.
package enum LearningTask: String, Codable, CaseIterable, Sendable {
    case classification, regression
}
