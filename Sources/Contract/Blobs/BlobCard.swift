/// What there is to say about a blob before anyone trains on it.
package struct BlobCard: Codable, Equatable, Sendable {
    package enum Content: String, Codable, Sendable {
        case csv, onnx, receipt, image, json, text, binary
    }

    package enum ColumnKind: String, Codable, Sendable {
        case number, text
    }

    /// What a CSV holds; what older cards do not have is nil.
    package struct Table: Codable, Equatable, Sendable {
        package var rows: Int
        /// The first ``mostColumns`` of them.
        package var columns: [String]
        /// How many there are in all; nil: no more than those.
        package var width: Int?
        /// The column that a training would predict when none is named.
        package var target: String
        /// What that column poses, and of how many classes.
        package var task: LearningTask?
        package var classes: Int?
        /// Column by column, as far as `columns` goes.
        package var kinds: [ColumnKind]?
        /// How many cells of each are empty.
        package var missing: [Int]?
        /// The first rows, cut to what fits below each other.
        package var sample: [[String]]?

        /// More are counted, but not named: a card travels in one request.
        package static let mostColumns = 500

        package init(rows: Int, columns: [String], target: String) {
            self.rows = rows
            self.columns = columns
            self.target = target
        }
    }

    /// What a chain says of the blob.
    package struct Registration: Codable, Equatable, Sendable {
        /// Nil: nobody could tell.
        package var holds: Bool?
        /// One phrase: `registered and certified on Sui testnet until epoch 210 …`.
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
    /// Nil where no chain is configured.
    package var registration: Registration?

    package init(blob: StoredBlob, content: Content, table: Table? = nil, receipt: Receipt? = nil) {
        self.blob = blob
        self.content = content
        self.table = table
        self.receipt = receipt
    }
}
