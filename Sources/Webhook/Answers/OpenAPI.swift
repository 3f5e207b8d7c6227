import Hummingbird

/// The OpenAPI 3.1 description of the HTTP interface, as the resource `openapi.json`; a test compares it with the routes.
package enum OpenAPI {
    package static var document: [UInt8] { PackageResources.openapi_json }

    /// The document, with the URL at which its paths are reached from outside.
    ///
    /// `server` is nil if only the address of the request is known, as which a document without servers is read.
    static func document(server: String?) -> [UInt8] {
        guard let server else { return document }
        let servers = #"{"servers": [{"url": "\#(server)"}],"#
        return Array(servers.utf8) + document.dropFirst()
    }

    static func response(_ document: [UInt8]) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: document))
        )
    }
}
