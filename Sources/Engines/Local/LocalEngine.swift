package import Contract
import Foundation
import Glibc
package import Jobs
import Subprocess
import SystemPackage

/// Starts workers as processes on this machine, each in a session of its own, so that they outlive the bot.
///
/// The bot runs `okai-worker launch`, which starts the worker and then ends. The worker is therefore not a child
/// process of the bot, and does not end with it.
package struct LocalEngine: Engine {
    package let name = EngineName.local
    package let startLease = Duration.seconds(15)

    private let worker: String
    /// Absolute, because ``OrphanProcesses`` searches for this path in environments.
    private let folder: String
    private let maxTrainings: Int
    private let commands: TrainingCommands
    /// The most jobs at once of each short kind: look, store, predict and fetch.
    private let maxJobsPerShortKind = 2

    /// - Parameters:
    ///   - worker: The path of the program `okai-worker`.
    ///   - folder: The path of the folder for handles, work folders and the workers' log.
    ///   - maxTrainings: The most trainings and verifications at once, counted together.
    ///   - commands: The training commands that workers may run.
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
        case .look, .store, .predict, .fetch: maxJobsPerShortKind
        case .build: 1
        }
    }

    package func start(_ launch: Launch, as key: WorkerKey) async throws -> String {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if let handle = savedHandle(of: key), await status(of: handle) == .alive { return handle }
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
        // The output is the handle; it is checked here, because later calls must decode it.
        let output = result.standardOutput
        _ = try identity(from: output)
        let handle = output.trimmingCharacters(in: .whitespacesAndNewlines)
        try Data(handle.utf8).write(to: URL(filePath: handlePath(of: key)), options: .atomic)
        return handle
    }

    package func status(of handle: String) async -> WorkerStatus {
        do { return try identity(from: handle).isAlive ? .alive : .lost } catch { return .unknown }
    }

    package func list() async throws -> [WorkerKey: String] {
        var found: [WorkerKey: String] = [:]
        for key in savedKeys {
            guard let handle = savedHandle(of: key), await status(of: handle) == .alive else { continue }
            found[key] = handle
        }
        return found
    }

    /// Kills orphan processes, removes the handles of ended workers, and removes the work folders that killed workers
    /// left.
    ///
    /// A worker that ends normally removes its work folder itself.
    package func sweep(keeping jobs: Set<JobID>) async {
        OrphanProcesses(below: folder).kill()
        for key in savedKeys where !jobs.contains(key.job) {
            guard let handle = savedHandle(of: key), await status(of: handle) != .alive else { continue }
            try? FileManager.default.removeItem(atPath: handlePath(of: key))  // The next sweep tries again.
        }
        removeWorkFolders(keeping: jobs)
    }

    /// The age in seconds from which a work folder may be removed: the job of a younger folder may be missing in
    /// `jobs`.
    private static let youngFolder: TimeInterval = 600

    private func removeWorkFolders(keeping jobs: Set<JobID>) {
        let files = FileManager.default
        let names = (try? files.contentsOfDirectory(atPath: folder)) ?? []  // The folder may not exist yet.
        for name in names {
            guard let job = name.wholeMatch(of: /job-(\d+)-\w+/).flatMap({ JobID($0.1) }),
                !jobs.contains(job),
                let age = try? files.attributesOfItem(atPath: "\(folder)/\(name)")[.modificationDate]
                    as? Date,
                age.timeIntervalSinceNow < -Self.youngFolder
            else { continue }
            try? files.removeItem(atPath: "\(folder)/\(name)")  // The next sweep tries again.
        }
    }

    package func stop(_ handle: String) async throws {
        let process = try identity(from: handle)
        // If the worker was killed earlier, processes that it started may still run.
        defer { OrphanProcesses(below: folder).kill() }
        guard process.isAlive else { return }
        kill(process.pid, SIGTERM)
        for _ in 0..<30 where process.isAlive { try await ContinuousClock().sleep(for: .milliseconds(100)) }
        // Processes that the worker started are in its session, unless they made a session of their own. The system
        // does not reuse the id of a session that has members, so no other process is killed.
        for member in ProcessStatus.session(process.pid) { kill(member, SIGKILL) }
    }
}

/// Saves the handles of started workers, one file for each key, so that a key is never started twice.
extension LocalEngine {
    private var savedKeys: [WorkerKey] {
        // The folder may not exist yet.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { name in
            name.wholeMatch(of: /worker-([0-9-]+)/).flatMap { WorkerKey($0.1) }
        }
    }

    private func handlePath(of key: WorkerKey) -> String { "\(folder)/worker-\(key)" }

    private func savedHandle(of key: WorkerKey) -> String? {
        FileManager.default.contents(atPath: handlePath(of: key)).map { String(decoding: $0, as: UTF8.self) }
    }

    private func identity(from handle: String) throws -> ProcessIdentity {
        do {
            return try JSONDecoder().decode(ProcessIdentity.self, from: Data(handle.utf8))
        } catch {
            throw EngineError.unreadableHandle(handle)
        }
    }
}

extension LocalEngine {
    /// The environment of workers: the training commands, and a few variables of the bot's environment.
    ///
    /// Other variables may hold the bot's secrets.
    private var environment: [Subprocess.Environment.Key: String] {
        let proxies = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"]
        let inherited =
            ["PATH", "HOME", "LANG", "TMPDIR", "TZ", "SSL_CERT_FILE", "SSL_CERT_DIR"]
            + proxies + proxies.map { $0.uppercased() }
        var environment = ProcessInfo.processInfo.environment.filter { inherited.contains($0.key) }
        environment[TrainingCommands.variable] = commands.description
        return Dictionary(
            uniqueKeysWithValues: environment.map { (Subprocess.Environment.Key(stringLiteral: $0), $1) }
        )
    }
}
