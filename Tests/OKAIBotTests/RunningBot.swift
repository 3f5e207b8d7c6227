import Contract
import Foundation
import Glibc
import HTTP
import HTTPTypes
import Jobs
import Logging
import Store
import Support
import Walrus
import WalrusServer

/// A bot with a fake Telegram, whose embedded Walrus has the demo's dataset.
struct RunningBot: Sendable {
    let fake: BotAPIFake
    let folder: URL
    let process: BotProcess

    static func start(
        _ folder: URL,
        _ telegram: BaseURL,
        port: Int,
        environment: [String: String] = [:],
        products: URL? = nil,
        shell: String = ":"
    ) throws -> BotProcess {
        try Dataset.iris.store(in: folder)
        let settings = [
            "TELEGRAM_BOT_TOKEN": BotAPIFake.token, "TELEGRAM_API_URL": telegram.description,
            "WEBHOOK_PORT": "\(port)", "OKAI_DATA_DIR": folder.appending(path: "data").path(),
            "OKAI_ADMINS": "42",
            "WALRUS_AGGREGATOR_URL": "embedded", "WALRUS_PUBLISHER_URL": "embedded",
        ]
        return try BotProcess(
            "okaibot",
            ["serve"],
            environment: settings.merging(environment) { $1 },
            folder: folder,
            products: products,
            shell: shell
        )
    }
}

/// Runs a bot while `body` runs, and ends it by SIGTERM.
func withBot(_ body: @escaping @Sendable (RunningBot) async throws -> Void) async throws {
    try await withTestFolder { folder in
        let fake = BotAPIFake()
        try await withLoopbackServer(fake.router) { telegram in
            let process = try RunningBot.start(folder, telegram, port: 0)
            try await withThrowingTaskGroup(of: BotProcess.End?.self) { group in
                group.addTask {
                    try await body(RunningBot(fake: fake, folder: folder, process: process))
                    return nil
                }
                group.addTask { await process.ended() }
                defer { process.send(SIGKILL) }
                // If the bot ends before the body, the test fails.
                if let end = try await group.next() ?? nil {
                    throw UnexpectedExit(code: end.code, errors: end.errors)
                }
                process.send(SIGTERM)
                let end = try await group.next() ?? nil
                guard let end, end.code == 0 else {
                    throw UnexpectedExit(code: end?.code ?? -1, errors: end?.errors ?? "")
                }
            }
        }
    }
}

struct UnexpectedExit: Error {
    let code: Int32
    let errors: String
}

/// A dataset for trainings.
struct Dataset {
    let csv: [UInt8]

    static let iris = Dataset(
        csv: (try? Array(
            Data(
                contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(
                    path: "Data/iris.csv"
                )
            )
        )) ?? []
    )

    /// Large enough that a test can stop a training in the middle.
    static let large: Dataset = {
        var state: UInt64 = 7
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        let rows = (0..<40_000).map { row in
            (0..<6).map { _ in "\(next() % 10_000)" }.joined(separator: ",") + ",c\(next() % 3)"
        }
        return Dataset(csv: Array(("a,b,c,d,e,f,class\n" + rows.joined(separator: "\n") + "\n").utf8))
    }()

    static let irisID = "l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"

    func blobID() throws -> BlobID { try BlobEncoder().blobID(of: csv.span) }

    /// Stores the dataset in the embedded Walrus of the bot with this folder.
    @discardableResult
    func store(in folder: URL, blobs: String = "data/blobs") throws -> BlobID {
        let encoder = try BlobEncoder()
        let id = try encoder.blobID(of: csv.span)
        let logger = Logger(label: "store") { _ in SwiftLogNoOpLogHandler() }
        let blobs = folder.appending(path: blobs).path()
        try BlobStore(folder: blobs, encoder: encoder, logger: logger).store(csv, knownAs: id)
        return id
    }
}

/// The process of the only running worker.
func onlyWorker(in folder: URL) async throws -> ProcessIdentity {
    let store = try SQLiteStore(path: folder.appending(path: "data/okai.sqlite").path())
    let handles = try await store.read { try $0.runningJobs() }.compactMap(\.handle)
    guard handles.count == 1 else { throw UnexpectedExit(code: 0, errors: "\(handles.count) workers") }
    return try JSONDecoder().decode(ProcessIdentity.self, from: Data(handles[0].utf8))
}

func job(of run: RunID, in folder: URL) async throws -> Job? {
    try await SQLiteStore(path: folder.appending(path: "data/okai.sqlite").path()).read {
        try $0.run(run)?.job
    }
}

/// Posts to a topic; returns the status.
func post(_ body: String, to address: String) async throws -> Int {
    let slash = address.lastIndex(of: "/") ?? address.endIndex
    let request = try BaseURL(String(address[..<slash])).request(.post, String(address[slash...]))
    return try await HTTPClient().send(request, body: .bytes(Array(body.utf8))).response.status.code
}

/// A port that is free at the moment.
func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, size) == 0 ? getsockname(descriptor, address, &size) : -1
        }
    }
    guard code == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
    return Int(UInt16(bigEndian: address.sin_port))
}
