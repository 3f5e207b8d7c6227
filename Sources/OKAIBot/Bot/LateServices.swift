import ServiceLifecycle

/// Services that can be made only after another service has started.
///
/// When one of the services ends, the others are cancelled.
struct LateServices: Service {
    let make: @Sendable () async throws -> [any Service]

    func run() async throws {
        let services: [any Service]
        do {
            services = try await cancelWhenGracefulShutdown { try await make() }
        } catch is CancellationError {
            return  // The bot was shut down before the services were made.
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for service in services { group.addTask { try await service.run() } }
            try await group.next()
            group.cancelAll()
            try await group.waitForAll()
        }
    }
}
