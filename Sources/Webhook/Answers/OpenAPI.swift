import Hummingbird

/// The OpenAPI 3.1 description of the HTTP interface, as the resource `openapi.json`; a test compares it with the routes.
package enum OpenAPI {
    package static var document: [UInt8] { PackageResources.openapi_json }

    static var response: Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: document))
        )
    }
}
