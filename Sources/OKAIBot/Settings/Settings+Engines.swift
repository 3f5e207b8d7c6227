import Contract
import Engines
import Foundation
import HTTP
import Jobs
import Logging
import Store

extension Settings {
    /// The engines that need no account with a provider.
    func engines(store: SQLiteStore) throws -> [any Engine] {
        let worker = try SiblingProgram.path()
        let machines = URL(filePath: "\(dataFolder)/machines").absoluteURL.path(percentEncoded: false)
        return [
            LocalEngine(
                worker: worker,
                folder: "\(dataFolder)/work",
                maxTrainings: maxLocalWorkers,
                commands: commands
            ),
            VMEngine(plan: vmPlan, folder: machines, relay: worker) { [vmImage] in
                if let vmImage { return vmImage }
                return try await store.newestImage()?.path
            },
            EnrolledEngine(),
        ]
    }

    /// The engine that rents machines; nil if no Fluence account is configured.
    ///
    /// - Throws: ``SettingsError`` if no public URL is configured, because rented machines reach the bot at this URL;
    ///   an error if the tag of the machines cannot be stored.
    func fluenceEngine(store: SQLiteStore, logger: Logger) throws -> FluenceEngine? {
        guard let fluence else { return nil }
        guard let publicURL, let imageURL else { throw SettingsError.missing(.publicURL) }
        var plan = FluenceEngine.Plan(bot: publicURL.description, tag: try machineTag())
        (plan.cluster, plan.configuration) = (fluence.cluster, fluence.configuration)
        let notices = AdminNotices(store: store, owners: owners, logger: logger)
        return FluenceEngine(
            api: FluenceAPI(address: fluence.address, key: fluence.key),
            plan: plan,
            image: { try await store.newestImage().map { "\(imageURL)/\($0.name)" } },
            notify: { await notices.enqueue($0, topic: "Fluence") }
        )
    }

    /// A part of the names of this bot's rented machines.
    ///
    /// Machines of other bots with the same account have another tag. The tag is made at the first start and stored in
    /// the data folder.
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
    /// The latest image whose file exists, among the latest 100 images.
    fileprivate func newestImage() async throws -> Image? {
        try await read { try $0.images(limit: 100) }.first { FileManager.default.fileExists(atPath: $0.path) }
    }
}
