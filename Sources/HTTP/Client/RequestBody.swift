/// The body of a request.
package enum RequestBody: Sendable {
    case none
    case bytes([UInt8])
    /// The regular file at `path`, streamed from disk. The `Content-Length` is the size of the file at its opening.
    ///
    /// `onProgress` gets the number of bytes read so far. The transfer thread calls it, so it must not block.
    case file(path: String, onProgress: @Sendable (Int) -> Void = { _ in })
    /// A `multipart/form-data` body (RFC 7578); libcurl writes the boundaries and the `Content-Type` header.
    case form([FormPart])
}

/// One part of a `multipart/form-data` body: a field or a file.
package struct FormPart: Sendable {
    package enum Content: Sendable {
        case bytes([UInt8])
        /// The regular file at this path, streamed from disk.
        case file(path: String)
    }

    let name: String
    let content: Content
    let fileName: String?
    let contentType: String?

    /// A form field with the text `value`.
    package static func field(_ name: String, _ value: String) -> FormPart {
        FormPart(name: name, content: .bytes(Array(value.utf8)), fileName: nil, contentType: nil)
    }

    /// A form field with the JSON document `json`.
    package static func field(_ name: String, json: [UInt8]) -> FormPart {
        FormPart(name: name, content: .bytes(json), fileName: nil, contentType: "application/json")
    }

    /// An uploaded file; the server sees it under the name `fileName`.
    ///
    /// libcurl percent-encodes quotation marks and line breaks in `fileName`, as HTML forms do.
    package static func file(_ name: String, _ content: Content, fileName: String) -> FormPart {
        FormPart(
            name: name,
            content: content,
            fileName: fileName,
            contentType: "application/octet-stream"
        )
    }
}
