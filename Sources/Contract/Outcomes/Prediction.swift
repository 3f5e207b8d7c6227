/// The predictions of a model for the rows that a person typed, or for a table.
package struct Prediction: Codable, Equatable, Sendable {
    /// A class, with its probability for one row or its share of the rows of a table, 0 to 1.
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
        /// The classes that are predicted for the most rows, each with its share of the rows; empty for a regression.
        package var shares: [Share]

        package init(rows: Int, shares: [Share]) {
            self.rows = rows
            self.shares = shares
        }
    }

    package struct Row: Codable, Equatable, Sendable {
        /// The typed cells; for a table, only the number of the row.
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
    /// The names of the features to which the typed cells belong, in order; for a table, all features of the model.
    package var features: [String]
    /// A prediction for each row; empty if there are more than ``mostRows`` rows.
    package var rows: [Row]
    /// A summary, for a table with more than ``mostRows`` rows.
    package var summary: Summary?
    /// Sentences about parts of the input that the model could not use.
    package var notes: [String]?
    /// A file with the predictions for all rows, for a table with more than ``mostRows`` rows.
    package var file: AnswerFile?

    package init(target: String, features: [String], rows: [Row]) {
        self.target = target
        self.features = features
        self.rows = rows
    }

    /// The largest number of rows that a message shows.
    ///
    /// The predictions for a larger table are sent as a file.
    package static let mostRows = 20
}
