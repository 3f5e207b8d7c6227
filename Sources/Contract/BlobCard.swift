/// What there is to say about a blob before anyone trains on it.
package struct BlobCard: Codable, Equatable, Sendable {
    package enum Content: String, Codable, Sendable {
        case csv, onnx, json, text, binary
    }

    /// What a CSV holds.
    package struct Table: Codable, Equatable, Sendable {
        package var rows: Int
        package var columns: [String]
        /// The column that a training would predict when none is named.
        package var target: String

        package init(rows: Int, columns: [String], target: String) {
            self.rows = rows
            self.columns = columns
            self.target = target
        }
    }

    package var blob: StoredBlob
    package var content: Content
    package var table: Table?

    package init(blob: StoredBlob, content: Content, table: Table? = nil) {
        self.blob = blob
        self.content = content
        self.table = table
    }
}
