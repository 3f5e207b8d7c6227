import Foundation
package import HTTP
import HTTPTypes

/// Fluence's HTTP interface: machines of version 2, their disks, addresses and prices.
package struct FluenceAPI: Sendable {
    private let address: BaseURL
    private let key: String
    private let http: HTTPClient

    package init(address: BaseURL, key: String, http: HTTPClient = HTTPClient()) {
        self.address = address
        self.key = key
        self.http = http
    }

    /// - Throws: ``FluenceError``, as all of these do.
    func status() async throws -> FluenceStatus { try await get("/v1/service/status") }

    func clusters() async throws -> [FluenceCluster] {
        try await (get("/v1/clusters") as FluenceList<FluenceCluster>).items
    }

    func resources() async throws -> FluenceResources { try await get("/v1/clusters/resources") }

    func cost(_ request: FluenceCostRequest) async throws -> Double {
        let answer: FluenceCost = try await send(.post, "/v1/prices/cost", body: request)
        guard let cost = Double(answer.totalCost) else {
            throw FluenceError.unclear("the price \"\(answer.totalCost)\" is no number")
        }
        return cost
    }

    /// The machines whose name begins with `prefix`, without those that are terminated.
    func vms(named prefix: String) async throws -> [FluenceVM] {
        try await all("/v2/vms", [("name", prefix), ("excludeStatus[0]", "terminated")])
            .filter { (vm: FluenceVM) in vm.name.hasPrefix(prefix) }
    }

    func vm(_ id: String) async throws -> FluenceVM { try await get("/v2/vms/\(id)") }

    func order(_ order: FluenceOrder) async throws -> FluenceVM {
        try await send(.post, "/v2/vms", body: order)
    }

    func terminate(_ id: String) async throws { try await act(.post, "/v2/vms/\(id)/terminate") }

    /// Disks and addresses whose name begins with `prefix`, by the path of their kind.
    func things(_ kind: FluenceKind, named prefix: String) async throws -> [FluenceThing] {
        try await all(kind.rawValue, [("name", prefix)])
            .filter { (thing: FluenceThing) in
                thing.name?.hasPrefix(prefix) == true && thing.status != "removed"
            }
    }

    func remove(_ kind: FluenceKind, _ id: String) async throws {
        try await act(.delete, "\(kind.rawValue)/\(id)")
    }

    /// Whether it is there and not removed.
    func exists(_ kind: FluenceKind, _ id: String) async throws -> Bool {
        do {
            let thing: FluenceThing = try await get("\(kind.rawValue)/\(id)")
            return thing.status != "removed"
        } catch FluenceError.notFound {
            return false
        }
    }

    private func all<Item: Decodable & Sendable>(_ path: String, _ query: [(String, String)]) async throws
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
        try read(try await exchange(.get, path, query, .none))
    }

    private func send<Answer: Decodable>(
        _ method: HTTPRequest.Method,
        _ path: String,
        body: some Encodable
    ) async throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try read(try await exchange(method, path, [], .bytes(Array(try encoder.encode(body)))))
    }

    private func act(_ method: HTTPRequest.Method, _ path: String) async throws {
        _ = try await exchange(method, path, [], .none)
    }

    private func read<Answer: Decodable>(_ bytes: [UInt8]) throws -> Answer {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            let date = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: Self.fractional))
            guard let date else { throw FluenceError.unclear("\"\(text)\" is no date") }
            return date
        }
        do {
            return try decoder.decode(Answer.self, from: Data(bytes))
        } catch {
            throw FluenceError.unclear("its answer is not what is documented: \(Answer.self)")
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
        guard let keyHeader = HTTPField.Name("X-API-KEY") else { throw FluenceError.refused("no header") }
        let request = address.request(
            method,
            path,
            query: query,
            headers: [keyHeader: key, .contentType: "application/json", .accept: "application/json"]
        )
        let response: HTTPResponse
        let bytes: [UInt8]
        do {
            // Nothing here may be done twice by libcurl.
            (response, bytes) = try await http.send(request, body: body, connection: .fresh)
        } catch let error as TransferError {
            throw FluenceError.unclear(error.message)
        }
        guard (200..<300).contains(response.status.code) else {
            let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(bytes))  // else a proxy's page
            throw FluenceError(
                status: response.status.code,
                code: refusal?.code,
                words: String((refusal?.error ?? "no reason given").prefix(300))
            )
        }
        return bytes
    }
}

/// What outlives a machine, and costs money until it is removed: the path of its kind.
enum FluenceKind: String, CaseIterable, Sendable {
    case address = "/v1/public_ips"
    case disk = "/v1/storages"
}
