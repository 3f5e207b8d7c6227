import Foundation
import Hummingbird

/// The routes by which monitors ask for the bot's health.
struct HealthRoutes {
    let health: Health
    let now: @Sendable () -> Date

    /// The answer to `GET /health`.
    private struct Report: Encodable {
        enum Status: String, Encodable {
            case ok
            /// Posts are stored, but Telegram cannot be reached, so they wait.
            case degraded
            /// Posts cannot be stored.
            case unavailable
        }

        let status: Status
        let telegram: String
        let disk: StorageCheck.Finding
    }

    /// The answer to `GET /v1/health`, in the form of ntfy.
    private struct NtfyReport: Encodable {
        let healthy: Bool
    }

    func add(to router: Router<APIContext>) {
        router.get("health") { _, _ in
            let disk = await health.storage.finding()
            let telegram = health.telegram(at: now())
            let status: Report.Status = disk.ok ? (telegram.isWell ? .ok : .degraded) : .unavailable
            return try Response.json(
                Report(status: status, telegram: telegram.text, disk: disk),
                status: disk.ok ? .ok : .serviceUnavailable
            )
        }
        router.get("v1/health") { _, _ in
            let isHealthy = await health.storage.finding().ok
            return try Response.json(
                NtfyReport(healthy: isHealthy),
                status: isHealthy ? .ok : .serviceUnavailable
            )
        }
    }
}
