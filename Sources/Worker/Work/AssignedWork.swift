import Contract
import HTTP
import Walrus

/// The work of one assignment, with the clients, the folder and the queue that it may use.
struct AssignedWork: Sendable {
    private let assignment: Assignment
    private let walrus: BlobClient
    private let files: ChatFileTransfer
    private let folder: WorkFolder
    private let queue: EventQueue
    private let http: HTTPClient
    private let clock: any Clock<Duration>

    init(
        _ assignment: Assignment,
        of client: JobAPIClient,
        leaseToken: String,
        folder: WorkFolder,
        queue: EventQueue,
        clock: any Clock<Duration>
    ) throws {
        self.assignment = assignment
        self.folder = folder
        self.queue = queue
        self.clock = clock
        http = client.http
        walrus = try BlobClient(
            assignment.walrus,
            sightings: assignment.sightings ?? [],
            bot: client,
            leaseToken: leaseToken,
            http: client.http,
            clock: clock
        )
        files = ChatFileTransfer(client: client, leaseToken: leaseToken, clock: clock)
    }

    /// Does the work of the assignment's kind.
    func run() async throws -> Outcome {
        do {
            return try await work()
        } catch let error as WalrusError where assignment.work.endsWithoutBlob {
            switch error {
            case .notFound(let blob): return .missing(blob: blob)
            case .notYetFound(let blob): return .missing(blob: blob, isRecent: true)
            default: throw error
            }
        }
    }

    private func work() async throws -> Outcome {
        switch assignment.work {
        case .train(let arguments):
            try await TrainWork(arguments: arguments, walrus: walrus, folder: folder, queue: queue).run()
        case .predict(let arguments):
            try await PredictWork(arguments: arguments, files: files, walrus: walrus, folder: folder).run()
        case .fetch(let arguments):
            try await FetchWork(arguments: arguments, files: files, walrus: walrus, folder: folder).run()
        case .store(let arguments):
            try await StoreWork(
                arguments: arguments,
                files: files,
                walrus: walrus,
                folder: folder,
                queue: queue
            ).run()
        case .look(let arguments):
            try await LookWork(
                arguments: arguments,
                walrus: walrus,
                chain: chain(),
                folder: folder,
                clock: clock
            ).run()
        case .verify(let arguments):
            try await VerifyWork(
                arguments: arguments,
                walrus: walrus,
                chain: chain(),
                folder: folder,
                queue: queue
            ).run()
        case .build(let arguments):
            try await BuildWork(arguments: arguments, folder: folder, queue: queue).run()
        }
    }

    /// A check against the configured chain; nil if no chain is configured.
    private func chain() throws -> ChainCheck? {
        try assignment.walrus.chain.map { try ChainCheck($0, http: http) }
    }
}

extension Work {
    /// Whether a missing blob is the answer that a chat waits for, and not a failure.
    fileprivate var endsWithoutBlob: Bool {
        switch self {
        case .look, .predict, .fetch: true
        case .train, .store, .verify, .build: false
        }
    }
}
