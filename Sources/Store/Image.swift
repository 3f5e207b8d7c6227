package import Foundation
import GRDB

/// An image of a virtual machine that was built here and published.
package struct Image: Codable, Equatable, Sendable {
    package var id: Int64?
    /// The run that built it.
    package var runID: Int64
    package var name: String
    package var path: String
    /// In bytes.
    package var size: Int
    /// In hexadecimal.
    package var sha256: String
    /// SHA-256 of the token with which machines of this image ask for a job; nil: it was revoked.
    package var enrolmentHash: Data?
    package var enrolsUntil: Date
    package var createdAt: Date

    package init(
        runID: Int64,
        name: String,
        path: String,
        size: Int,
        sha256: String,
        enrolmentHash: Data?,
        enrolsUntil: Date,
        createdAt: Date
    ) {
        self.runID = runID
        self.name = name
        self.path = path
        self.size = size
        self.sha256 = sha256
        self.enrolmentHash = enrolmentHash
        self.enrolsUntil = enrolsUntil
        self.createdAt = createdAt
    }
}

extension Image: Record {
    static var databaseTableName: String { "image" }
}

extension Transaction {
    package func insert(_ image: Image) throws {
        var image = image
        try image.insert(db)
    }

    /// The latest images, newest first.
    package func images(limit: Int) throws -> [Image] {
        try Image.fetchReadable(db, sql: "SELECT * FROM image ORDER BY id DESC LIMIT ?", arguments: [limit])
    }

    /// The image whose machines hold this token, as long as it opens something.
    package func image(enrolledBy hash: Data, now: Date) throws -> Image? {
        let sql = "SELECT * FROM image WHERE enrolmentHash = ? AND enrolsUntil > ?"
        return try Image.fetchReadable(db, sql: sql, arguments: [hash, now.timeIntervalSince1970]).first
    }

    /// Has the token of the image open nothing from now on; false where there is no such image.
    package func revokeEnrolment(ofImage id: Int64) throws -> Bool {
        try db.execute(sql: "UPDATE image SET enrolmentHash = NULL WHERE id = ?", arguments: [id])
        return db.changesCount == 1
    }
}
