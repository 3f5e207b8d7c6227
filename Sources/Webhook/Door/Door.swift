import HTTPTypes
package import Hummingbird

/// A router with what HTTP asks of every route: HEAD, OPTIONS, 405 with `Allow`, and `Expect: 100-continue`.
///
/// All of it is derived from the routes, so a new route needs no code for it. The router must have the option
/// `autoGenerateHeadEndpoints`.
package struct Door: HTTPResponderBuilder {
    private let router: Router<APIContext>
    private let manners: DoorManners

    package init(_ router: Router<APIContext>, manners: DoorManners = .bot) {
        self.router = router
        self.manners = manners
    }

    package func buildResponder() -> DoorResponder {
        let table = RouteTable(router.routes.map { ($0.path.description, $0.method) })
        return DoorResponder(router: router.buildResponder(), table: table, manners: manners)
    }
}

/// Answers the requests of a ``Door``.
package struct DoorResponder: HTTPResponder {
    let router: RouterResponder<APIContext>
    let table: RouteTable
    let manners: DoorManners

    package func respond(to request: Request, context: APIContext) async throws -> Response {
        let entry = table.entry(for: request.uri.path)
        var response = try await expecting(request, context) { request in
            if let entry, !entry.methods.contains(request.method) {
                return try refusal(of: request, to: entry)
            }
            return try await router.respond(to: request, context: context)
        }
        if manners.isCrossOrigin(entry) { response.headers[.accessControlAllowOrigin] = "*" }
        return response
    }

    /// Answers `request`, whose method the path does not have.
    private func refusal(of request: Request, to entry: RouteTable.Entry) throws -> Response {
        if request.method == .options { return manners.preflight(entry) }
        var refusal = try manners.refuse(.methodNotAllowed(entry.methods))
        refusal.headers[.allow] = entry.methods.map(\.rawValue).joined(separator: ", ")
        return refusal
    }

    /// Answers `request` by `answer`, and does what its header `Expect` asks.
    private func expecting(
        _ request: Request,
        _ context: APIContext,
        _ answer: (Request) async throws -> Response
    ) async throws -> Response {
        guard let expectation = request.headers[.expect], !expectation.isEmpty else {
            return try await answer(request)
        }
        var request = request
        let body = ExpectedBody(request.body, of: context.channel)
        request.body = RequestBody(asyncSequence: body)
        let isKnown = expectation.lowercased() == "100-continue"
        var response =
            try isKnown ? await answer(request) : manners.refuse(.unknownExpectation(expectation))
        // The client may now send its body or not, so what follows on this connection could not be told apart.
        if !body.isAwaited { response.headers[.connection] = "close" }
        return response
    }
}
