/// The description of a blob: the size, the kind of content, and a table's columns.
///
/// A job that looks at a blob makes a card, and so does a job that stores a chat's file.
package struct BlobCard: Codable, Equatable, Sendable {
    package enum Content: String, Codable, Sendable {
        case csv, onnx, receipt, image, json, text, binary
    }

    package enum ColumnKind: String, Codable, Sendable {
        case number, text, date, leftOut
    }

    /// The rows and columns of a CSV file.
    ///
    /// An optional property is nil in cards that were made before the property existed.
    package struct Table: Codable, Equatable, Sendable {
        package var rows: Int
        /// The names of the first ``mostColumns`` columns.
        package var columns: [String]
        /// The number of columns of the table; nil if `columns` names all of them.
        package var width: Int?
        /// The column that a training predicts by default.
        package var target: String
        /// The default task for `target`.
        package var task: LearningTask?
        /// The number of classes in `target`, for a classification.
        package var classes: Int?
        /// The kind of each column in `columns`.
        package var kinds: [ColumnKind]?
        /// The number of empty cells of each column in `columns`.
        package var missing: [Int]?
        /// How a training would read those of `columns` that are not plain numbers or categories.
        package var notes: [ColumnNote]?
        /// Why a training with default settings must fail; nil if it need not.
        package var obstacle: String?
        /// What a training would decide about the file, a sentence each.
        package var decisions: [String]?
        /// What a person should know before relying on the scores.
        package var warnings: [String]?
        /// The first rows; of long rows, only the first few cells.
        package var sample: [[String]]?

        /// The largest number of columns that a card names.
        ///
        /// The limit keeps a card small enough for one HTTP request.
        package static let mostColumns = 500

        package init(rows: Int, columns: [String], target: String) {
            self.rows = rows
            self.columns = columns
            self.target = target
        }
    }

    /// How a training would read a column; what does not apply is nil.
    package struct ColumnNote: Codable, Equatable, Sendable {
        /// The index in ``Table/columns``.
        package var column: Int
        /// Why the column is left out: `it numbers the rows`.
        package var leftOut: String?
        /// How the numbers or dates are written: `dollars before`.
        package var notation: String?
        /// The number of features that the dates give.
        package var parts: Int?

        package init(column: Int, leftOut: String? = nil, notation: String? = nil, parts: Int? = nil) {
            self.column = column
            self.leftOut = leftOut
            self.notation = notation
            self.parts = parts
        }
    }

    /// The result of the check whether the blob is registered and certified on the chain.
    package struct Registration: Codable, Equatable, Sendable {
        /// Whether the blob is registered and certified; nil if the check gave no answer.
        package var holds: Bool?
        /// One phrase for people: `registered and certified on Sui testnet until epoch 210 …`.
        package var text: String

        package init(holds: Bool?, text: String) {
            self.holds = holds
            self.text = text
        }
    }

    package var blob: StoredBlob
    package var content: Content
    package var table: Table?
    package var receipt: Receipt?
    /// Nil if no chain is configured, and in the card of a blob that the bot has just stored.
    package var registration: Registration?

    package init(blob: StoredBlob, content: Content, table: Table? = nil, receipt: Receipt? = nil) {
        self.blob = blob
        self.content = content
        self.table = table
        self.receipt = receipt
    }
}
