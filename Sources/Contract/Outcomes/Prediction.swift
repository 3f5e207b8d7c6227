/// The predictions of a model for the rows that a person typed, or for a table.
package struct Prediction: Codable, Equatable, Sendable {
    /// A class and its share, 0 to 1: the probability in one row, or the share of the rows of a table.
    package struct Share: Codable, Equatable, Sendable {
        package var label: String
        package var share: Double

        package init(label: String, share: Double) {
            self.label = label
            self.share = share
        }
    }

    /// The predictions for a whole table.
    package struct Summary: Codable, Equatable, Sendable {
        package var rows: Int
        /// The classes predicted most often, with their share of the rows; empty for a regression.
        package var shares: [Share]

        package init(rows: Int, shares: [Share]) {
            self.rows = rows
            self.shares = shares
        }
    }

    package struct Row: Codable, Equatable, Sendable {
        package var cells: [String]
        /// The predicted class or number.
        package var predicted: String
        /// The most probable classes, most probable first; empty for a regression.
        package var shares: [Share]

        private enum CodingKeys: String, CodingKey {
            case cells, shares
            case predicted = "said"
        }

        package init(cells: [String], predicted: String, shares: [Share]) {
            self.cells = cells
            self.predicted = predicted
            self.shares = shares
        }
    }

    package var target: String
    /// The names of the cells of a row.
    package var features: [String]
    /// The predicted rows; empty if there are more than ``mostRows``.
    package var rows: [Row]
    /// The predictions of a table with more than ``mostRows`` rows.
    package var summary: Summary?
    /// The parts of the input that the model could not use, a sentence each.
    package var notes: [String]?
    /// The table with its predictions, if it has more than ``mostRows`` rows.
    package var file: AnswerFile?

    package init(target: String, features: [String], rows: [Row]) {
        self.target = target
        self.features = features
        self.rows = rows
    }

    /// The most rows that a message shows; the predictions of a larger table are sent as a file.
    package static let mostRows = 20
}
