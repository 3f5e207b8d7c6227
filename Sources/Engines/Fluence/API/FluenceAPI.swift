import Foundation
package import HTTP
import HTTPTypes

/// Fluence's HTTP interface: machines (version 2 of the interface), disks, addresses and prices.
///
/// Every method throws ``FluenceError``, or `CancellationError` when the task is cancelled.
package struct FluenceAPI: Sendable {
    private let address: BaseURL
    private let key: String
    private let http: HTTPClient

    package init(address: BaseURL, key: String, http: HTTPClient = HTTPClient()) {
        self.address = address
        self.key = key
        self.http = http
    }

    func status() async throws -> FluenceStatus { try await get("/v1/service/status") }

    func clusters() async throws -> [FluenceCluster] {
        try await (get("/v1/clusters") as FluenceList<FluenceCluster>).items
    }

    func catalog() async throws -> FluenceCatalog { try await get("/v1/clusters/resources") }

    /// The price, in dollars.
    func price(_ request: FluencePriceRequest) async throws -> Double {
        let answer: FluencePrice = try await send(.post, "/v1/prices/cost", body: request)
        guard let price = Double(answer.totalCost) else {
            throw FluenceError.unclear("the price \"\(answer.totalCost)\" is not a number")
        }
        return price
    }

    /// The machines whose name begins with `prefix`, except terminated ones.
    func vms(named prefix: String) async throws -> [FluenceVM] {
        try await allPages("/v2/vms", [("name", prefix), ("excludeStatus[0]", "terminated")])
            .filter { (vm: FluenceVM) in vm.name.hasPrefix(prefix) }
    }

    func vm(_ id: String) async throws -> FluenceVM { try await get("/v2/vms/\(id)") }

    func order(_ order: FluenceOrder) async throws -> FluenceVM {
        try await send(.post, "/v2/vms", body: order)
    }

    func terminate(_ id: String) async throws { try await send(.post, "/v2/vms/\(id)/terminate") }

    /// The disks or addresses whose name begins with `prefix`, except removed ones.
    func resources(_ kind: FluenceResource.Kind, named prefix: String) async throws -> [FluenceResource] {
        try await allPages(kind.rawValue, [("name", prefix)])
            .filter { (resource: FluenceResource) in
                resource.name?.hasPrefix(prefix) == true && !resource.isRemoved
            }
    }

    func remove(_ kind: FluenceResource.Kind, _ id: String) async throws {
        try await send(.delete, "\(kind.rawValue)/\(id)")
    }

    /// Whether the disk or address exists and is not removed.
    func exists(_ kind: FluenceResource.Kind, _ id: String) async throws -> Bool {
        do {
            let resource: FluenceResource = try await get("\(kind.rawValue)/\(id)")
            return !resource.isRemoved
        } catch FluenceError.notFound {
            return false
        }
    }
}

extension FluenceAPI {
    private func allPages<Item: Decodable & Sendable>(_ path: String, _ query: [(String, String)])
        async throws
        -> [Item]
    {
        var items: [Item] = []
        var page = 1
        while true {
            let list: FluenceList<Item> = try await get(
                path,
                query + [("page", "\(page)"), ("perPage", "100")]
            )
            items += list.items
            guard page < list.pages else { return items }
            page += 1
        }
    }

    private func get<Answer: Decodable>(_ path: String, _ query: [(String, String)] = []) async throws
        -> Answer
    {
        try decode(try await exchange(.get, path, query, .none))
    }

    private func send<Answer: Decodable>(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: some Encodable
    ) async throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try decode(try await exchange(method, path, [], .bytes(Array(try encoder.encode(body)))))
    }

    private func send(_ method: HTTPRequest.Method, _ path: String) async throws {
        _ = try await exchange(method, path, [], .none)
    }

    private func decode<Answer: Decodable>(_ bytes: [UInt8]) throws -> Answer {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            let date = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: Self.fractional))
            guard let date else { throw FluenceError.unclear("\"\(text)\" is not a date") }
            return date
        }
        do {
            return try decoder.decode(Answer.self, from: Data(bytes))
        } catch {
            throw FluenceError.unclear("the answer is not a \(Answer.self) as documented")
        }
    }

    private static let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private struct Refusal: Decodable {
        let code: String?
        let error: String?
    }

    private func exchange(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ query: [(String, String)],
        _ body: RequestBody
    ) async throws -> [UInt8] {
        guard let keyHeader = HTTPField.Name("X-API-KEY") else {
            throw FluenceError.refused("X-API-KEY is not a valid header name")
        }
        let request = address.request(
            method,
            path,
            query: query,
            headers: [keyHeader: key, .contentType: "application/json", .accept: "application/json"]
        )
        let response: HTTPResponse
        let bytes: [UInt8]
        do {
            // On a fresh connection libcurl does not repeat the request by itself, so no order is made twice.
            (response, bytes) = try await http.send(request, body: body, connection: .fresh)
        } catch let error as TransferError {
            throw FluenceError.unclear(error.message)
        }
        guard (200..<300).contains(response.status.code) else {
            // The body may be the HTML page of a proxy.
            let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(bytes))
            throw FluenceError(
                status: response.status.code,
                code: refusal?.code,
                message: String((refusal?.error ?? "no reason given").prefix(300))
            )
        }
        return bytes
    }
}
