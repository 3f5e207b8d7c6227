package import Contract
import Foundation
import Glibc
package import Jobs
import Subprocess
import SystemPackage

/// Starts workers as processes of this machine, in sessions of their own, so that they outlive the bot.
///
/// The worker binary itself spawns the worker and leaves ("launch"): a child of ours would end with us.
package struct LocalEngine: Engine {
    package let name = EngineName.local
    package let startLease = Duration.seconds(15)

    private let worker: String
    /// Absolute, as in the environment of what workers start: by that it is known where a worker was killed.
    private let folder: String
    private let maxTrainings: Int
    private let commands: TrainingCommands
    /// Looks are short; a few may go on beside a training.
    private let maxLooks = 2

    /// Runs the binary at path `worker`, with logs and work folders below `folder`; it may run `commands`.
    package init(
        worker: String,
        folder: String,
        maxTrainings: Int = 1,
        commands: TrainingCommands = TrainingCommands()
    ) {
        self.worker = worker
        self.folder = URL(filePath: folder).absoluteURL.path(percentEncoded: false)
        self.maxTrainings = maxTrainings
        self.commands = commands
    }

    package func capacity(for kind: JobKind) -> Int {
        switch kind {
        case .train, .verify: maxTrainings
        case .look, .store, .predict, .fetch: maxLooks
        case .build: 1
        }
    }

    package func start(_ launch: Launch, as key: WorkerKey) async throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if let handle = note(of: key), await status(of: handle) == .alive { return handle }
        var launch = launch
        launch.workDirectory = "\(folder)/job-\(launch.job)-\(UUID().uuidString.prefix(8))"
        let request = WorkerRequest.launch(launch, log: "\(folder)/worker.log")
        let result = try await run(
            .path(FilePath(worker)),
            arguments: [request.verb.rawValue],
            environment: .custom(environment),
            input: .array(try request.encoded()),
            output: .string(limit: 4_096),
            error: .string(limit: 4_096)
        )
        guard case .exited(0) = result.terminationStatus else {
            throw EngineError.cannotStart("\(result.terminationStatus): \(result.standardError)")
        }
        // The answer is what the row keeps; it must at least be readable.
        let answer = result.standardOutput
        _ = try identity(from: answer)
        let handle = answer.trimmingCharacters(in: .whitespacesAndNewlines)
        try Data(handle.utf8).write(to: URL(filePath: notePath(of: key)), options: .atomic)
        return handle
    }

    package func status(of handle: String) async -> WorkerStatus {
        do { return try identity(from: handle).isAlive ? .alive : .lost } catch { return .unknown }
    }

    package func list() async throws -> [WorkerKey: String] {
        var found: [WorkerKey: String] = [:]
        for key in keys {
            guard let handle = note(of: key), await status(of: handle) == .alive else { continue }
            found[key] = handle
        }
        return found
    }

    /// The keys of which a note lies in the folder.
    private var keys: [WorkerKey] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []  // none yet
        return names.compactMap { name in
            name.wholeMatch(of: /worker-([0-9-]+)/).flatMap { WorkerKey($0.1) }
        }
    }

    private func notePath(of key: WorkerKey) -> String { "\(folder)/worker-\(key)" }

    /// Which process was started under `key`.
    private func note(of key: WorkerKey) -> String? {
        FileManager.default.contents(atPath: notePath(of: key)).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Folders of workers that were killed, and what still runs of them: the living remove their own.
    ///
    /// A young folder may belong to a job that was launched since `jobs` were listed.
    package func sweep(keeping jobs: Set<JobID>) async {
        Orphans(below: folder).kill()
        let files = FileManager.default
        for key in keys where !jobs.contains(key.job) {
            guard let handle = note(of: key), await status(of: handle) != .alive else { continue }
            try? files.removeItem(atPath: notePath(of: key))  // the next tidying tries again
        }
        let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []  // none yet
        for name in names {
            guard let job = name.wholeMatch(of: /job-(\d+)-\w+/).flatMap({ JobID($0.1) }),
                !jobs.contains(job),
                let age = try? files.attributesOfItem(atPath: "\(folder)/\(name)")[.modificationDate]
                    as? Date,
                age.timeIntervalSinceNow < -Self.oldFolder
            else { continue }
            try? files.removeItem(atPath: "\(folder)/\(name)")  // the next tidying tries again
        }
    }

    /// In seconds.
    private static let oldFolder: TimeInterval = 600

    package func stop(_ handle: String) async throws {
        let process = try identity(from: handle)
        // What it started ends with it, also where it was killed before.
        defer { Orphans(below: folder).kill() }
        guard process.isAlive else { return }
        kill(process.pid, SIGTERM)
        for _ in 0..<30 where process.isAlive { try await ContinuousClock().sleep(for: .milliseconds(100)) }
        // It leads a session, and in it is all that it started. No new process gets the id of one that has members.
        for member in ProcessStatus.session(process.pid) { kill(member, SIGKILL) }
    }

    private func identity(from handle: String) throws -> ProcessIdentity {
        do {
            return try JSONDecoder().decode(ProcessIdentity.self, from: Data(handle.utf8))
        } catch {
            throw EngineError.unreadableHandle(handle)
        }
    }

    /// What a worker needs of our environment, and nothing of our secrets.
    private var environment: [Subprocess.Environment.Key: String] {
        let proxies = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]
        let kept =
            ["PATH", "HOME", "LANG", "TMPDIR", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR"]
            + proxies + proxies.map { $0.uppercased() }
        var environment = ProcessInfo.processInfo.environment.filter { kept.contains($0.key) }
        environment[TrainingCommands.variable] = commands.description
        return Dictionary(
            uniqueKeysWithValues: environment.map { (Subprocess.Environment.Key(stringLiteral: $0), $1) }
        )
    }
}
