/// What a model learns from: features as columns of 32-bit floats, and for each row what is to be predicted.
struct Dataset: Sendable {
    let target: String
    let features: [Feature]
    let task: Task
    let rows: Int
}

/// One column to predict from; a missing value is NaN.
struct Feature: Sendable {
    enum Kind: Equatable, Sendable {
        case numeric
        /// The value is the index of its label in these, which are sorted.
        case categorical(labels: [String])
    }

    let name: String
    let kind: Kind
    var values: [Float]
}

/// What is to be predicted, and its truth row by row.
enum Task: Sendable {
    /// More cannot be told apart.
    static let maxClasses = 1_000

    /// `labels` are indices of `classes`, whose order is that of a model's outputs.
    case classification(classes: [String], labels: [UInt16])
    case regression(values: [Double])
}

extension Dataset {
    /// The classes of a classification.
    var classes: [String] {
        guard case .classification(let classes, _) = task else { return [] }
        return classes
    }

    /// The class of each row of a classification.
    var labels: [UInt16] {
        guard case .classification(_, let labels) = task else { return [] }
        return labels
    }
}
