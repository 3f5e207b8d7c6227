package import Contract
package import Foundation
import GRDB

/// A virtual machine's image that this bot has built and published.
package struct Image: Codable, Equatable, Sendable {
    package let id: ImageID
    /// The run that built the image.
    package let runID: RunID
    package let name: String
    package let path: String
    /// In bytes.
    package let size: Int
    /// In hexadecimal.
    package let sha256: String
    /// SHA-256 of the token with which machines of this image ask for a job; nil if the image has no valid token.
    package let enrolmentHash: Data?
    /// When the enrolment token expires.
    package let enrolsUntil: Date
    package let createdAt: Date
}

extension Image: Record {
    static var databaseTableName: String { "image" }
}

extension Transaction {
    /// Inserts the image that a run has published in `folder`.
    package func insertImage(
        _ file: ImageFile,
        in folder: String,
        ofRun run: RunID,
        enrolmentHash: Data?,
        enrolsUntil: Date,
        at now: Date
    ) throws {
        let sql = """
            INSERT INTO image (runID, name, path, size, sha256, enrolmentHash, enrolsUntil, createdAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        try db.execute(
            sql: sql,
            arguments: [
                run, file.name, "\(folder)/\(file.name)", file.size, file.sha256, enrolmentHash,
                enrolsUntil.timeIntervalSince1970, now.timeIntervalSince1970,
            ]
        )
    }

    /// The latest images, newest first.
    package func images(limit: Int) throws -> [Image] {
        try Image.fetchReadable(db, sql: "SELECT * FROM image ORDER BY id DESC LIMIT ?", arguments: [limit])
    }

    /// The image whose enrolment token has this SHA-256 and has not expired at `now`.
    package func image(enrolledBy hash: Data, now: Date) throws -> Image? {
        let sql = "SELECT * FROM image WHERE enrolmentHash = ? AND enrolsUntil > ?"
        return try Image.fetchReadable(db, sql: sql, arguments: [hash, now.timeIntervalSince1970]).first
    }

    /// Revokes the image's enrolment token; returns false if there is no such image.
    package func revokeEnrolment(ofImage id: ImageID) throws -> Bool {
        try db.execute(sql: "UPDATE image SET enrolmentHash = NULL WHERE id = ?", arguments: [id])
        return db.changesCount == 1
    }
}
