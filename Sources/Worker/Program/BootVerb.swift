package import Contract
import Foundation
package import HTTP

/// `okai-worker boot`: the program of a virtual machine.
///
/// Does the job in the machine's settings, or asks the bot for a job.
package struct BootVerb: Sendable {
    /// The largest number of attempts of a request while the bot cannot be reached.
    ///
    /// They take about 15 minutes. Then the machine gives up, because it costs money.
    private static let requestTries = 120
    /// The number of times that a machine asks for a job before it gives up, which takes about 10 minutes.
    private static let enrolmentTries = 60

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

    /// Does one job; returns true if the bot accepted the job's end, or had no job for this machine.
    package func run(until termination: StopSignal) async throws -> Bool {
        let launch = try await termination.cancelling { try await findJob() }
        guard let launch else {
            try StandardOutput.appendLine("the bot has no job for this machine")
            return true
        }
        let execution = try JobExecution(launch, requestTries: Self.requestTries, http: http, clock: clock)
        return try await execution.run(until: termination)
    }

    private func findJob() async throws -> Launch? {
        if let job = settings.job, let token = settings.launchToken {
            return Launch(bot: settings.bot, job: job, launchToken: token)
        }
        let bot = BotAPIClient(bot: try BaseURL(settings.bot), http: http)
        for _ in 0..<Self.enrolmentTries {
            let enrolment = try await RetryPolicy(maxAttempts: Self.requestTries, clock: clock).run {
                () async throws -> Enrolment? in
                try await bot.enrol(token: settings.enrolmentToken ?? "")
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
    /// Reads the files of `folder` in the order of their names.
    ///
    /// Returns the first settings that name a job and its launch token. If there are none, returns the first settings
    /// with an enrolment token. A file holds only the settings, as JSON, or it has many lines, as cloud-init's user
    /// data does. Of many lines, the first that begins with `okai:` holds the JSON.
    ///
    /// - Throws: ``WorkerError/noSettings(folder:files:)``.
    package static func first(in folder: String) throws -> BootSettings {
        // A folder that does not exist counts as empty.
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let all = names.compactMap { name in
            FileManager.default.contents(atPath: "\(folder)/\(name)").flatMap(BootSettings.init(document:))
        }
        let chosen =
            all.first { $0.job != nil && $0.launchToken != nil } ?? all.first { $0.enrolmentToken != nil }
        guard let chosen else { throw WorkerError.noSettings(folder: folder, files: names) }
        return chosen
    }

    private init?(document: Data) {
        let text = String(decoding: document, as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("okai:") }
        let json = line.map { String($0.dropFirst("okai:".count)) } ?? text
        // Any other text is for another program.
        guard let settings = try? Wire.decode(BootSettings.self, from: json.utf8) else { return nil }
        self = settings
    }
}
