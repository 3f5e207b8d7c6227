import HTTP
import HTTPTypes
import Support
import Testing

@Suite("HTTP cancellation and shutdown", .timeLimit(.minutes(10)))
struct EndingTests {
    @Test("cancelling the task aborts the transfer and closes its connection")
    func cancelled() async throws {
        try await withSilentServer { server, arrivals, ends in
            let client = HTTPClient()
            let task = Task { try await client.send(server.request(.get, "/")) }
            #expect(await arrivals.first { true } != nil)
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(await ends.first { true } != nil)
            withExtendedLifetime(client) {}
        }
    }

    @Test("a task that is cancelled before its request sends nothing")
    func cancelledEarly() async throws {
        let request = HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:1", path: "/")
        let client = HTTPClient()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await client.send(request)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("cancelling a task ends its wait for the next chunk")
    func cancelledBody() async throws {
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            _ = try await connection.readHead()
        } _: { server in
            let (chunks, chunk) = AsyncStream.makeStream(of: [UInt8].self)
            let task = Task {
                let (_, body) = try await HTTPClient().open(server.request(.get, "/"))
                for try await bytes in body { chunk.yield(bytes) }
            }
            #expect(await chunks.first { _ in true } == Array("abc".utf8))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test("a shutdown aborts pending transfers, and later requests fail")
    func shutdown() async throws {
        try await withSilentServer { server, arrivals, ends in
            let client = HTTPClient()
            let pending = Task { try await client.send(server.request(.get, "/")) }
            #expect(await arrivals.first { true } != nil)
            await client.shutdown()
            await #expect(throws: aborted(mayHaveArrived: true)) { try await pending.value }
            #expect(await ends.first { true } != nil)
            await #expect(throws: aborted(mayHaveArrived: false)) {
                try await client.send(server.request(.get, "/"))
            }
            await client.shutdown()
        }
    }

    @Test("every request that is sent during a shutdown ends")
    func racingShutdown() async throws {
        let request = HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:1", path: "/")
        let client = HTTPClient()
        await withTaskGroup(of: TransferError.Kind?.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    await #expect(throws: TransferError.self) { try await client.send(request) }?.kind
                }
            }
            group.addTask {
                await client.shutdown()
                return .aborted
            }
            for await kind in group { #expect(kind == .aborted || kind == .connect) }
        }
    }

    @Test("a body can be read completely after its client was released")
    func droppedClient() async throws {
        try await withLoopbackServer(.echo) { server in
            let (_, body) = try await HTTPClient().open(server.request(.get, "/zeros/10000000"))
            #expect(try await body.reduce(0) { $0 + $1.count } == 10_000_000)
        }
    }

    @Test("releasing the client closes its pooled connections")
    func droppedPool() async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        try await withRawServer { connection in
            _ = try await connection.readHead()
            try await connection.write("HTTP/1.1 204 No Content\r\n\r\n")
            if try await connection.readHead() == nil { end.yield() }
        } _: { server in
            _ = try await HTTPClient().send(server.request(.get, "/"))
            #expect(await ends.first { true } != nil)
        }
    }

    private func aborted(mayHaveArrived: Bool) -> TransferError {
        TransferError(.aborted, "the HTTP client was shut down", requestMayHaveArrived: mayHaveArrived)
    }

    /// Runs `body` beside a server that never answers.
    ///
    /// The streams signal received requests and closed connections.
    private func withSilentServer(
        _ body: @Sendable (BaseURL, AsyncStream<Void>, AsyncStream<Void>) async throws -> Void
    ) async throws {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let (ends, ended) = AsyncStream.makeStream(of: Void.self)
        try await withRawServer { connection in
            while try await connection.readHead() != nil { arrived.yield() }
            ended.yield()
        } _: { server in
            try await body(server, arrivals, ends)
        }
    }
}
