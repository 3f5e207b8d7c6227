import Hummingbird

/// The answer to `GET /v1/api`: an OpenAPI 3.1 description of the routes that this server has of Walrus' interface.
enum WalrusDescription {
    static var response: Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(string: document))
        )
    }

    private static let document = #"""
        {
          "openapi": "3.1.0",
          "info": {
            "title": "Walrus on this machine",
            "version": "1.56.0",
            "description": "An aggregator and publisher without a chain: nothing is registered, paid or certified."
          },
          "paths": {
            "/status": {
              "get": {"summary": "Answers OK while the server runs.", "responses": {"200": {"description": "OK"}}}
            },
            "/v1/blobs": {
              "put": {
                "summary": "Stores the body as a blob.",
                "parameters": [
                  {"in": "query", "name": "epochs", "schema": {"type": "integer", "minimum": 1, "maximum": 53, "default": 1}},
                  {"in": "query", "name": "permanent", "schema": {"type": "boolean"}},
                  {"in": "query", "name": "deletable", "schema": {"type": "boolean"}},
                  {"in": "query", "name": "force", "schema": {"type": "boolean"}},
                  {"in": "query", "name": "reuse_resources", "schema": {"type": "boolean"}},
                  {"in": "query", "name": "encoding_type", "schema": {"enum": ["RS2"]}},
                  {"in": "query", "name": "quilt_version", "schema": {"enum": ["v1", "V1", "1"]}},
                  {"in": "query", "name": "send_object_to", "schema": {"type": "string", "pattern": "^(0x)?[0-9A-Fa-f]{64}$"}},
                  {"in": "query", "name": "share", "schema": {"type": "boolean"}}
                ],
                "requestBody": {"required": true, "content": {"application/octet-stream": {}}},
                "responses": {
                  "200": {"description": "newlyCreated or alreadyCertified", "content": {"application/json": {"schema": {"type": "object"}}}},
                  "400": {"description": "a query that Walrus does not have"},
                  "413": {"description": "a blob over the limit"}
                }
              }
            },
            "/v1/blobs/{blob_id}": {
              "get": {
                "summary": "Reads a blob, or the part that Range names.",
                "parameters": [
                  {"in": "path", "name": "blob_id", "required": true, "schema": {"type": "string"}},
                  {"in": "header", "name": "Range", "schema": {"type": "string"}},
                  {"in": "query", "name": "strict_consistency_check", "schema": {"type": "boolean"}},
                  {"in": "query", "name": "skip_consistency_check", "schema": {"type": "boolean"}}
                ],
                "responses": {
                  "200": {"description": "the blob"},
                  "206": {"description": "the part"},
                  "400": {"description": "no blob ID, or a query that Walrus does not have"},
                  "403": {"description": "a blob over the limit"},
                  "404": {"description": "no such blob"},
                  "416": {"description": "a range that cannot be served"}
                }
              }
            },
            "/v1/blobs/{blob_id}/byte-range": {
              "get": {
                "summary": "Reads a part of a blob as an answer that caches can store.",
                "parameters": [
                  {"in": "path", "name": "blob_id", "required": true, "schema": {"type": "string"}},
                  {"in": "query", "name": "start", "required": true, "schema": {"type": "integer", "minimum": 0}},
                  {"in": "query", "name": "length", "required": true, "schema": {"type": "integer", "minimum": 1}}
                ],
                "responses": {
                  "200": {"description": "the part"},
                  "400": {"description": "no blob ID, or a part that is not within the blob"},
                  "403": {"description": "a blob over the limit"},
                  "404": {"description": "no such blob"}
                }
              }
            }
          }
        }
        """#
}
