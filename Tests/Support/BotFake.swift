package import Contract
import HTTPTypes
package import Hummingbird
import NIOCore
import Synchronization

/// The bot as one worker sees it, with one job.
///
/// Requests that break the contract are refused and recorded in `violations`.
package final class BotFake: Sendable {
    /// The state that a test reads and changes.
    package struct State: Sendable {
        package var assignment: Assignment
        package var launchToken: String
        package var leaseToken: String?
        package var claims = 0
        package var batches = 0
        /// The accepted events in order, each once.
        package var events: [WorkerEvent] = []
        package var violations: [String] = []
        /// Whether the bot asks the worker to cancel its job.
        package var cancels = false
        /// The number of next requests that are carried out, and answered 503 as if the answer was lost.
        package var lostAnswers = 0
        /// Whether every request is answered 503 without any effect.
        package var isAway = false
        package var refusedWhileAway = 0
        /// Whether another worker has the lease.
        package var isLeaseGone = false
        package var nextSeconds = 0.02
        /// The sizes for which publisher tokens were requested; the n-th token is `put-n`.
        package var publisherTokens: [Int] = []
        package var files = Files()

        package var end: WorkerEvent? { events.last.flatMap { $0.isTerminal ? $0 : nil } }
    }

    private struct Watcher {
        let id: Int
        let condition: @Sendable (State) -> Bool
        let continuation: CheckedContinuation<State, Never>
    }

    private struct Shared {
        var state: State
        var watchers: [Watcher] = []
        var lastWatcher = 0
    }

    private let shared: Mutex<Shared>

    package init(assignment: Assignment, launchToken: String = "launch-token") {
        shared = Mutex(Shared(state: State(assignment: assignment, launchToken: launchToken)))
    }

    package var state: State { shared.withLock { $0.state } }

    /// Changes the state, and resumes the tests that wait for it.
    @discardableResult
    package func change<Value: Sendable>(_ body: (inout State) -> Value) -> Value {
        let (value, satisfied, state) = shared.withLock { shared in
            let value = body(&shared.state)
            let state = shared.state
            let satisfied = shared.watchers.filter { $0.condition(state) }
            shared.watchers.removeAll { $0.condition(state) }
            return (value, satisfied, state)
        }
        for watcher in satisfied { watcher.continuation.resume(returning: state) }
        return value
    }

    /// Waits until `condition` holds, or the task is cancelled.
    @discardableResult
    package func until(_ condition: @escaping @Sendable (State) -> Bool) async -> State {
        let id = shared.withLock { shared in
            shared.lastWatcher += 1
            return shared.lastWatcher
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let watcher = Watcher(id: id, condition: condition, continuation: continuation)
                shared.withLock { $0.watchers.append(watcher) }
                if Task.isCancelled { stopWaiting(id) } else { change { _ in } }
            }
        } onCancel: {
            stopWaiting(id)
        }
    }

    /// Adds the routes that a worker calls.
    package func addRoutes(to router: Router<BasicRequestContext>) {
        let job = router.group("v1/jobs/:id")
        job.post("claim") { request, context in
            try await self.answer(request, context) { try self.claim($0, token: $1) }
        }
        job.post("events") { request, context in
            try await self.answer(request, context) { try self.report($0, token: $1) }
        }
        job.post("publisher-token") { request, context in
            try await self.answer(request, context) { try self.publisherToken($0, token: $1) }
        }
        addFileRoutes(to: job)
    }
}

extension BotFake {
    private func stopWaiting(_ id: Int) {
        let watcher = shared.withLock { shared -> Watcher? in
            guard let index = shared.watchers.firstIndex(where: { $0.id == id }) else { return nil }
            return shared.watchers.remove(at: index)
        }
        watcher?.continuation.resume(returning: state)
    }

    private func answer<Question: Decodable, Answer: Encodable & Sendable>(
        _ request: Request,
        _ context: BasicRequestContext,
        _ handle: (Question, String) throws -> Answer
    ) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 20)
        let isAway = change { state in
            state.refusedWhileAway += state.isAway ? 1 : 0
            return state.isAway
        }
        guard !isAway else { throw HTTPError(.serviceUnavailable) }
        guard context.parameters.get("id") == "\(state.assignment.job)" else { throw HTTPError(.notFound) }
        guard request.headers[.contentType] == "application/json" else {
            throw refusal("a body that is not JSON")
        }
        guard let header = request.headers[.authorization], header.hasPrefix("Bearer ") else {
            throw HTTPError(.unauthorized)
        }
        let question = try Wire.decode(Question.self, from: body.readableBytesView)
        let answer: Answer
        do {
            answer = try handle(question, String(header.dropFirst("Bearer ".count)))
        } catch let error as HTTPError where error.status == .unauthorized {
            let refusal = Refusal(code: "UNAUTHORIZED", message: "this token is not valid")
            return try Self.json(refusal, status: .unauthorized)
        }
        let isLost = change { state in
            defer { state.lostAnswers = max(0, state.lostAnswers - 1) }
            return state.lostAnswers > 0
        }
        guard !isLost else { throw HTTPError(.serviceUnavailable) }
        return try Self.json(answer, status: .ok)
    }

    private static func json(_ value: some Encodable, status: HTTPResponse.Status) throws -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try Wire.encode(value)))
        )
    }

    private func claim(_ claim: ClaimRequest, token: String) throws -> Assignment {
        guard Base64URL.decode(claim.leaseToken.utf8)?.count == 32 else {
            throw refusal("a lease token that is not 32 bytes long")
        }
        for secret in [token, claim.leaseToken] { UsedSecrets.add(secret) }
        return try change { state in
            state.claims += 1
            let isFirst = state.leaseToken == nil
            guard token == state.launchToken, isFirst || state.leaseToken == claim.leaseToken else {
                return Result<Assignment, HTTPError>.failure(HTTPError(.unauthorized))
            }
            state.leaseToken = claim.leaseToken
            return .success(state.assignment)
        }.get()
    }

    private func report(_ batch: EventBatch, token: String) throws -> EventReply {
        try change { state -> Result<EventReply, HTTPError> in
            guard token == state.leaseToken else { return .failure(HTTPError(.unauthorized)) }
            guard !state.isLeaseGone else { return .failure(HTTPError(.unauthorized)) }
            state.batches += 1
            for event in batch.events { state.accept(event) }
            guard state.violations.isEmpty else { return .failure(HTTPError(.badRequest)) }
            return .success(
                EventReply(leaseSeconds: 60, nextSeconds: state.nextSeconds, cancel: state.cancels)
            )
        }.get()
    }

    private func publisherToken(_ put: PublisherTokenRequest, token: String) throws -> PublisherTokenAnswer {
        try change { state -> Result<PublisherTokenAnswer, HTTPError> in
            guard token == state.leaseToken, !state.isLeaseGone else {
                return .failure(HTTPError(.unauthorized))
            }
            state.publisherTokens.append(put.size)
            return .success(PublisherTokenAnswer(token: "put-\(state.publisherTokens.count)"))
        }.get()
    }

    private func refusal(_ reason: String) -> HTTPError {
        change { $0.violations.append(reason) }
        return HTTPError(.badRequest)
    }
}

extension BotFake.State {
    fileprivate mutating func accept(_ event: EventBatch.Numbered) {
        if event.sequence <= events.count {
            guard events[event.sequence - 1] != event.event else { return }
            violations.append("number \(event.sequence) came back as another event")
        } else if event.sequence > events.count + 1 {
            violations.append("number \(event.sequence) after \(events.count)")
        } else if end != nil {
            violations.append("an event after the end")
        } else {
            events.append(event.event)
        }
    }
}
