import Foundation
import HTTPTypes
import Hummingbird
import Support
import Synchronization

/// The documented API of Fluence (machines of version 2), with one small account.
///
/// Requests that break the documentation are refused and recorded in `violations`.
final class FluenceFake: Sendable {
    struct VM {
        var id: String
        var name: String
        var cluster: String
        var disk: String
        var address: String
        var status = "launching"
        var createdAt: Date
        var userData: String
    }

    /// A disk or an IP address.
    struct Resource {
        var id: String
        var name: String
        var status = "ready"
    }

    /// A failure of one request.
    enum Fault {
        case answer(status: Int, code: String)
        /// The request is carried out, but the answer is lost.
        case lost
    }

    struct State {
        var vms: [VM] = []
        var disks: [Resource] = []
        var addresses: [Resource] = []
        /// Method and path of every request, with its query.
        var requests: [String] = []
        var violations: [String] = []
        /// The faults of the next requests, by method and beginning of the path.
        var faults: [(request: String, fault: Fault)] = []
        /// Clusters without room.
        var full: Set<String> = []
        var isInMaintenance = false
        var lastID = 0
        var now = Date(timeIntervalSince1970: 1_790_000_000)
    }

    static let key = "fluence-key"
    static let clusters = ["c-a", "c-b"]
    private let shared = Mutex(State())

    var state: State { shared.withLock { $0 } }
    func change(_ body: (inout State) -> Void) { shared.withLock { body(&$0) } }

    /// The names of all machines, disks and addresses that cost money now.
    var costs: [String] {
        shared.withLock { state in
            state.vms.filter { !["terminated", "failed"].contains($0.status) }.map(\.name)
                + (state.disks + state.addresses).filter { $0.status != "removed" }.map(\.name)
        }
    }

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.get("**") { request, _ in try await self.answer(request) }
        router.post("**") { request, _ in try await self.answer(request) }
        router.delete("**") { request, _ in try await self.answer(request) }
        return router
    }

    private struct Refusal: Error {
        let status: Int
        let code: String
        init(_ status: Int, _ code: String) { (self.status, self.code) = (status, code) }
    }

    private func answer(_ request: Request) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 20)
        let path = request.uri.path
        let line = "\(request.method) \(request.uri.string)"
        let fault = shared.withLock { state -> Fault? in
            state.requests.append(line)
            let index = state.faults.firstIndex { "\(request.method) \(path)".hasPrefix($0.request) }
            return index.map { state.faults.remove(at: $0).fault }
        }
        if case .answer(let status, let code)? = fault { return refuse(Refusal(status, code)) }
        do {
            let key = HTTPField.Name("X-API-KEY").flatMap { request.headers[$0] }
            guard key == Self.key else { throw Refusal(401, "unauthorized") }
            let bytes = Data(body.readableBytesView)
            let query = Dictionary(
                request.uri.queryParameters.map { (String($0.key), String($0.value)) }
            ) { $1 }
            let isLost = if case .lost? = fault { true } else { false }
            let method = request.method
            let data = try shared.withLock { state in
                let json = bytes.isEmpty ? nil : try JSONSerialization.jsonObject(with: bytes)
                let answer = try Self.route(method, path, query, json, &state)
                return try JSONSerialization.data(withJSONObject: answer)
            }
            if isLost { return refuse(Refusal(502, "internal_server_error")) }
            return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(bytes: data)))
        } catch let refusal as Refusal {
            return refuse(refusal)
        }
    }

    private func refuse(_ refusal: Refusal) -> Response {
        let text = #"{"code": "\#(refusal.code)", "error": "no, because of \#(refusal.code)"}"#
        return Response(
            status: .init(code: refusal.status),
            body: .init(byteBuffer: ByteBuffer(string: text))
        )
    }

    private static func route(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ query: [String: String],
        _ body: Any?,
        _ state: inout State
    ) throws -> Any {
        let parts = path.split(separator: "/").map(String.init)
        switch (method, parts.count, path) {
        case (.get, _, "/v1/service/status"):
            return ["maintenanceMode": state.isInMaintenance, "version": "0.13.1"]
        case (.get, _, "/v1/clusters"):
            return ["items": clusters.map { ["id": $0, "name": "name of \($0)", "dcId": "d"] }]
        case (.get, _, "/v1/clusters/resources"): return resources
        case (.post, _, "/v1/prices/cost"): return try price(body, &state)
        case (.get, _, "/v2/vms"): return list(state.vms.map(show), query)
        case (.post, _, "/v2/vms"): return try create(body, &state)
        case (.get, 3, _) where path.hasPrefix("/v2/vms/"): return show(try vm(parts[2], state))
        case (.post, 4, _) where path.hasPrefix("/v2/vms/") && parts[3] == "terminate":
            return try terminate(parts[2], &state)
        case (.get, _, "/v1/storages"): return list(state.disks.map(show), query)
        case (.get, _, "/v1/public_ips"): return list(state.addresses.map(show), query)
        case (.get, 3, _) where parts[1] == "storages": return show(try resource(parts[2], in: state.disks))
        case (.get, 3, _) where parts[1] == "public_ips":
            return show(try resource(parts[2], in: state.addresses))
        case (.delete, 3, _) where parts[1] == "storages": return try remove(parts[2], \.disks, &state)
        case (.delete, 3, _) where parts[1] == "public_ips": return try remove(parts[2], \.addresses, &state)
        default:
            state.violations.append("\(method) \(path)")
            throw Refusal(404, "not_found")
        }
    }

    private static var resources: [String: Any] {
        func size(_ slug: String, _ vcpu: Int, _ ram: Int) -> [String: Any] {
            ["id": "id-\(slug)", "slug": slug, "name": slug, "vcpu": vcpu, "ramGb": ram, "dedicated": false]
        }
        let sizes = [size("cpu-regular-4vcpu-8gb", 4, 8), size("cpu-shared-2vcpu-2gb", 2, 2)]
        let resources = clusters.map {
            ($0, ["availableConfigurations": sizes, "availablePublicIps": ["V4": 10]])
        }
        return ["resources": Dictionary(uniqueKeysWithValues: resources)]
    }

    private static func list(_ items: [[String: Any]], _ query: [String: String]) -> [String: Any] {
        let found = items.filter { item in
            let name = item["name"] as? String ?? ""
            return (query["name"].map { name.lowercased().contains($0.lowercased()) } ?? true)
                && (query["excludeStatus[0]"].map { item["status"] as? String != $0 } ?? true)
        }
        let size = Int(query["perPage"] ?? "") ?? 20
        let page = Int(query["page"] ?? "") ?? 1
        let frame = [
            "totalRecords": items.count, "filteredRecords": found.count, "currentPage": page, "perPage": size,
            "totalPages": max(1, (found.count + size - 1) / size),
        ]
        return ["items": Array(found.dropFirst((page - 1) * size).prefix(size)), "pagination": frame]
    }

    private static func show(_ vm: VM) -> [String: Any] {
        [
            "id": vm.id, "name": vm.name, "clusterId": vm.cluster, "status": vm.status, "bootDisk": vm.disk,
            "publicIp": vm.address, "priceHourlyUsd": "0.04", "cloudInit": [String: String](),
            "createdAt": vm.createdAt.formatted(.iso8601), "restartRequired": false,
        ]
    }

    private static func show(_ resource: Resource) -> [String: Any] {
        ["id": resource.id, "name": resource.name, "status": resource.status]
    }

    private static func vm(_ id: String, _ state: State) throws -> VM {
        guard let vm = state.vms.first(where: { $0.id == id }) else { throw Refusal(404, "not_found") }
        return vm
    }

    private static func resource(_ id: String, in resources: [Resource]) throws -> Resource {
        guard let resource = resources.first(where: { $0.id == id }) else { throw Refusal(404, "not_found") }
        return resource
    }

    private static func create(_ body: Any?, _ state: inout State) throws -> Any {
        let order = try object(body)
        let problems = FluenceOrderRules.problems(of: order)
        guard problems.isEmpty else {
            state.violations += problems
            throw Refusal(400, "bad_request")
        }
        let cluster = order["clusterId"] as? String ?? ""
        guard !state.full.contains(cluster) else { throw Refusal(422, "unprocessable_entity") }
        let name = order["name"] as? String ?? ""
        if state.vms.contains(where: { $0.name == name && !["terminated", "failed"].contains($0.status) }) {
            state.violations.append("a second machine called \(name)")
        }
        state.lastID += 1
        let id = "id-\(state.lastID)"
        state.disks.append(
            Resource(id: "disk-\(id)", name: (order["bootDisk"] as? [String: Any])?["name"] as? String ?? "")
        )
        state.addresses.append(
            Resource(id: "ip-\(id)", name: (order["publicIp"] as? [String: Any])?["name"] as? String ?? "")
        )
        let vm = VM(
            id: id,
            name: name,
            cluster: cluster,
            disk: "disk-\(id)",
            address: "ip-\(id)",
            createdAt: state.now,
            userData: (order["cloudInit"] as? [String: Any])?["userData"] as? String ?? ""
        )
        state.vms.append(vm)
        return show(vm)
    }

    private static func terminate(_ id: String, _ state: inout State) throws -> Any {
        guard let index = state.vms.firstIndex(where: { $0.id == id }) else {
            throw Refusal(404, "not_found")
        }
        state.vms[index].status = "terminated"
        return show(state.vms[index])
    }

    private static func remove(_ id: String, _ path: WritableKeyPath<State, [Resource]>, _ state: inout State)
        throws
        -> Any
    {
        guard let index = state[keyPath: path].firstIndex(where: { $0.id == id }) else {
            throw Refusal(404, "not_found")
        }
        let isAttached = state.vms.contains {
            ($0.disk == id || $0.address == id) && $0.status != "terminated"
        }
        guard !isAttached else {
            state.violations.append("\(id) was to be removed from a machine that lives")
            throw Refusal(409, "attached_to_vm")
        }
        state[keyPath: path][index].status = "removed"
        return [String: String]()
    }

    private static func price(_ body: Any?, _ state: inout State) throws -> Any {
        let request = try object(body)
        let resources = request["resources"] as? [[String: [String: Any]]] ?? []
        let kinds = resources.flatMap(\.keys).sorted()
        let ids = resources.flatMap(\.values).compactMap { $0["resource_id"] as? [String: Any] }
        guard kinds == ["publicIp", "storage", "vm"], ids.count == 3, let seconds = request["secs"] as? Int,
            ids.allSatisfy({ clusters.contains($0["clusterId"] as? String ?? "") })
        else {
            state.violations.append("a price is asked with \(request)")
            throw Refusal(400, "bad_request")
        }
        let cost = 0.05 * Double(seconds) / 3_600
        return [
            "costOfResources": [Any](), "totalCostPerSec": "0.00001", "periodSecs": seconds,
            "totalCost": "\(cost)",
        ]
    }

    private static func object(_ body: Any?) throws -> [String: Any] {
        guard let object = body as? [String: Any] else { throw Refusal(400, "bad_request") }
        return object
    }
}
