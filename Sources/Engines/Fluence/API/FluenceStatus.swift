/// The answer to `GET /v1/service/status`.
struct FluenceStatus: Decodable, Sendable {
    /// Whether Fluence accepts no orders at the moment.
    let maintenanceMode: Bool
    let version: String
}
