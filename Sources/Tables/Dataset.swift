/// Training data: the features as columns of 32-bit floats, and the target of each row.
package struct Dataset: Sendable {
    /// The name of the target's column.
    package let targetName: String
    package let features: [Feature]
    package let target: Target
    package let rows: Int
    /// The time of each row, in seconds; NaN if a row has none; nil if no column of dates was asked for.
    package var time: [Double]?
    /// The group of each row, equal in rows with equal values of a column; nil if no such column was asked for.
    package var group: [Int32]?
    /// The weight of each row, not below 0; nil if all rows have the same.
    package var weights: [Float]?

    package init(
        targetName: String,
        features: [Feature],
        target: Target,
        rows: Int,
        time: [Double]? = nil,
        group: [Int32]? = nil,
        weights: [Float]? = nil
    ) {
        self.targetName = targetName
        self.features = features
        self.target = target
        self.rows = rows
        (self.time, self.group, self.weights) = (time, group, weights)
    }
}

/// A column that a model predicts from, one value per row; a missing value is NaN.
package struct Feature: Sendable {
    package enum Kind: Equatable, Sendable {
        case numeric
        /// A value is the index of its label in `labels`; the labels are sorted.
        case categorical(labels: [String])
    }

    package let name: String
    package let kind: Kind
    package var values: [Float]

    package init(name: String, kind: Kind, values: [Float]) {
        self.name = name
        self.kind = kind
        self.values = values
    }
}

/// The values to predict, one per row.
package enum Target: Sendable {
    /// The most classes that a target can have.
    package static let maxClasses = 1_000

    /// `labels` are indices into `classes`; a model's outputs have the order of `classes`.
    case classification(classes: [String], labels: [UInt16])
    case regression(values: [Double])
}

extension Dataset {
    /// The classes of a classification; empty for a regression.
    package var classes: [String] {
        guard case .classification(let classes, _) = target else { return [] }
        return classes
    }

    /// The class index of each row of a classification; empty for a regression.
    package var labels: [UInt16] {
        guard case .classification(_, let labels) = target else { return [] }
        return labels
    }
}
