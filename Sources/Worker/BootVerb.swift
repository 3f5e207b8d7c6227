package import Contract
import Foundation
package import HTTP

/// `okai-worker boot`: what a virtual machine is for, its own job or one that it asks for.
package struct BootVerb: Sendable {
    /// About fifteen minutes: a machine that costs money must not wait for ever for a bot that is gone.
    private static let claimTries = 120
    /// How often a machine without a job asks for one: about ten minutes.
    private static let requests = 60

    private let settings: BootSettings
    private let http: HTTPClient
    private let clock: any Clock<Duration>

    package init(
        _ settings: BootSettings,
        http: HTTPClient = HTTPClient(userAgent: "okai-worker"),
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.settings = settings
        self.http = http
        self.clock = clock
    }

    /// Does one job; true where its end was told, and where there was none to do.
    package func run(until termination: StopSignal) async throws -> Bool {
        let launch = try await termination.cancels { try await findJob() }
        guard let launch else {
            print("no job waited for this machine")
            return true
        }
        let execution = try JobExecution(launch, claimTries: Self.claimTries, http: http, clock: clock)
        return try await execution.run(until: termination)
    }

    private func findJob() async throws -> Launch? {
        if let job = settings.job, let token = settings.launchToken {
            return Launch(bot: settings.bot, job: job, launchToken: token)
        }
        let door = BotDoor(bot: try BaseURL(settings.bot), http: http)
        for _ in 0..<Self.requests {
            let enrolment = try await RetryPolicy(maxAttempts: Self.claimTries, clock: clock).run {
                () async throws -> Enrolment? in
                try await door.enrol(token: settings.enrolmentToken ?? "")
            }
            if let enrolment {
                return Launch(bot: settings.bot, job: enrolment.job, launchToken: enrolment.launchToken)
            }
            try await clock.sleep(for: .seconds(Double.random(in: 5...15)))
        }
        return nil
    }
}

extension BootSettings {
    /// What the files of `folder` say, in the order of their names: the first that names a job, else the first that
    /// knows how to ask for one.
    ///
    /// A file holds the JSON of the settings, or a line that begins with `okai:` and holds it, as cloud-init's user
    /// data does, which may be meant for others too.
    ///
    /// - Throws: ``WorkerError/noSettings(folder:sources:)``.
    package static func first(in folder: String) throws -> BootSettings {
        // Where there is no folder nothing was said.
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let all = names.compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").flatMap(BootSettings.init(document:))
        }
        let chosen =
            all.first { $0.job != nil && $0.launchToken != nil } ?? all.first { $0.enrolmentToken != nil }
        guard let chosen else { throw WorkerError.noSettings(folder: folder, sources: names) }
        return chosen
    }

    private init?(document: Data) {
        let text = String(decoding: document, as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("okai:") }
        let json = line.map { String($0.dropFirst("okai:".count)) } ?? text
        // What does not read so are words for others.
        guard let settings = try? Wire.decode(BootSettings.self, from: json.utf8) else { return nil }
        self = settings
    }
}
