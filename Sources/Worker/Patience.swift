/// Tries again what may pass, after waits that grow and are drawn at random ("full jitter").
struct Patience: Sendable {
    var base = Duration.milliseconds(200)
    var cap = Duration.seconds(15)
    /// Tries in all; nil: as long as the task lives.
    var tries: Int?
    var clock: any Clock<Duration> = ContinuousClock()

    /// Runs `work` until it succeeds or throws something that `mayPass` does not accept.
    func run<Value>(
        while mayPass: (any Error) -> Bool,
        _ work: () async throws -> Value
    ) async throws -> Value {
        var attempt = 0
        while true {
            do {
                return try await work()
            } catch  where mayPass(error) && attempt + 1 < tries ?? .max {
                attempt += 1
                try await clock.sleep(for: delay(after: attempt))
            }
        }
    }

    private func delay(after attempt: Int) -> Duration {
        min(base * (1 << min(attempt - 1, 10)), cap) * Double.random(in: 0.1...1)
    }
}
