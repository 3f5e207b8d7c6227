import Contract
import Foundation
import HTTP
import Jobs
import Store

extension Settings {
    /// The engines that every bot has.
    func engines(store: SQLiteStore) throws -> [any Engine] {
        let worker = try WorkerBinary.path()
        let machines = URL(filePath: "\(dataFolder)/machines").absoluteURL.path(percentEncoded: false)
        return [
            LocalEngine(
                worker: worker,
                folder: "\(dataFolder)/work",
                maxTrainings: maxLocalWorkers,
                commands: commands
            ),
            VMEngine(plan: self.machines, folder: machines, relay: worker) { [vmImage] in
                if let vmImage { return vmImage }
                return try await store.newestImage()?.path
            },
            EnrolledEngine(),
        ]
    }

    /// The engine that rents machines, where there is an account for it and images are where it can fetch them.
    func fluenceEngine(store: SQLiteStore) throws -> FluenceEngine? {
        guard let fluence else { return nil }
        guard let publicURL, let imageURL else { throw SettingsError.missing(.publicURL) }
        var plan = FluenceEngine.Plan(bot: publicURL.description, tag: try machineTag())
        (plan.cluster, plan.configuration) = (fluence.cluster, fluence.configuration)
        let owners = admins
        return FluenceEngine(
            api: FluenceAPI(address: fluence.address, key: fluence.key),
            plan: plan,
            image: { try await store.newestImage().map { "\(imageURL)/\($0.name)" } },
            tell: { words in
                let notice = Store.Notification(topic: "Fluence", text: words)
                // Whoever pays hears of it at the next chance where this one fails: the engine looks again.
                try? await store.write { transaction in
                    for owner in owners {
                        try transaction.enqueue(
                            OutboxMessage(
                                chatID: owner,
                                kind: .notification,
                                payload: notice.payload,
                                createdAt: Date()
                            )
                        )
                    }
                }
            }
        )
    }

    /// Tells this bot's machines from those of others in the same account, for as long as its data folder lives.
    private func machineTag() throws -> String {
        let path = "\(dataFolder)/machine-tag"
        if let data = FileManager.default.contents(atPath: path) {
            return String(decoding: data, as: UTF8.self)
        }
        let tag = String((0..<6).compactMap { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() })
        try Data(tag.utf8).write(to: URL(filePath: path), options: .atomic)
        return tag
    }
}

extension SQLiteStore {
    /// The latest image whose file is still there.
    fileprivate func newestImage() async throws -> Image? {
        try await read { try $0.images(limit: 100) }.first { FileManager.default.fileExists(atPath: $0.path) }
    }
}
