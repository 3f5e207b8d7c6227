import ArgumentParser
import Contract
import Foundation
import Glibc
import Walrus

/// `okaibot backup`: copies the data folder into one file, also while the bot runs.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copy the bot's data into one file, also while the bot runs.",
        discussion: """
            The file is a tar archive with the database, the blobs of the embedded Walrus, and their checksums. It is read \
            again before it gets its name. Only you can read it: it holds the people and topics of the bot.
            """
    )

    @Argument(help: "The new file.") var file: String
    @OptionGroup var option: SettingsOption

    func run() async throws {
        umask(0o077)
        let making = BackupMaking(
            data: DataFiles(try option.settings()),
            path: try file.requiredFileName()
        )
        try making.validate()
        let result = try await watched("backing up") { show in
            try await BackgroundWork.run { try making.make(isCancelled: $0, onProgress: show) }
        }
        StandardOutput.writeLine("\(file): \(result.files) files, \(ByteCount(result.size)), checked")
    }
}

/// `okaibot restore`: makes a data folder from a backup.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the bot's data folder from a backup. The bot must not run."
    )

    @Argument(help: "The file that okaibot backup has written.") var file: String
    @Flag(help: "Restore into a folder with data. Its database is kept as okai.sqlite.replaced-TIME.")
    var force = false
    @OptionGroup var option: SettingsOption

    func run() async throws {
        let settings = try option.settings()
        let backup = try ArchiveReader(path: try file.requiredFileName())
        let folder = try DataFolder(settings.dataFolder)
        let restoring = BackupRestoring(data: DataFiles(settings), backup: backup, replaces: force)
        let files = try await watched("restoring") { show in
            try await BackgroundWork.run { try restoring.restore(isCancelled: $0, onProgress: show) }
        }
        withExtendedLifetime(folder) {}
        StandardOutput.writeLine("\(settings.dataFolder): \(files) files restored")
    }
}

extension DataFiles {
    fileprivate init(_ settings: Settings) {
        self.init(folder: settings.dataFolder, imageFolder: settings.imageFolder)
    }
}
