/// What a model predicts: a class or a number.
package enum LearningTask: String, Codable, CaseIterable, Sendable {
    case classification, regression
}
