import ArgumentParser
import Contract
import Foundation
import Walrus

/// `okaibot verify`: replaces itself by the worker program, which verifies a blob, or a receipt and the files it names.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Verify a blob, or a training's receipt and the blobs that it names.",
        usage: "okaibot verify RECEIPT|BLOB [--object 0x…|--no-chain] [--data FILE] [--train] [--json]",
        discussion: """
            Every blob is read, and its ID is recomputed here. Then the chain is asked whether the blob is registered \
            and certified, and until when. The chain is not asked if \(SettingKey.graphQL.rawValue) is empty or --no-chain \
            is given. If a receipt has no blob ID of the model, the SHA-256 of the model's file in the folder of the \
            receipt is checked. If a receipt has no blob ID of the dataset, the SHA-256 of the file given by --data is \
            checked. Exit code 1: a check failed, or a required check was not possible; 0: otherwise.
            """
    )

    @Argument(help: "The ID of a blob, or a receipt's file.", transform: DashedID.unmarked)
    var subject: String

    @Option(help: "The ID of the Sui object that must register the blob.")
    var object: String?

    @Option(help: "The dataset's file, if the receipt has no blob ID of the dataset.")
    var data: String?

    @Flag(help: "Do not ask the chain: check only the bytes.")
    var noChain = false

    @Flag(help: "Repeat the receipt's training, and compare the models bit for bit.")
    var train = false

    @Flag(help: "Print JSON instead of lines.")
    var json = false

    @OptionGroup var option: SettingsOption

    func validate() throws {
        guard object == nil || !noChain else {
            throw ValidationError("--object needs the chain, so it cannot be used with --no-chain")
        }
        if let object, !SuiClient.isAddress(object) {
            throw ValidationError("--object must be 0x and up to 64 hexadecimal digits, but is \"\(object)\"")
        }
    }

    func run() throws {
        try SiblingProgram.replaceProcess(with: .verify(try request()))
    }

    /// - Throws: `ValidationError` if the arguments are wrong; ``SettingsError`` if the settings are, or if they
    ///   choose the embedded Walrus.
    func request() throws -> WorkerRequest.Verify {
        var request = WorkerRequest.Verify(
            object: object,
            data: data,
            walrus: try option.settings().networkAccess(),
            noChain: noChain ? "--no-chain is given" : "\(SettingKey.graphQL.rawValue) is empty",
            train: train,
            json: json
        )
        if noChain { request.walrus.chain = nil }
        // An ID is read as a blob even if a file has this name, because `okaibot walrus get` writes such files.
        if let id = try? BlobID(subject) {  // An error means that it is a path.
            request.blob = id
        } else {
            try requireReceipt()
            request.receipt = subject
        }
        return request
    }

    /// Checks that ``subject`` is a regular file, because reading a FIFO might never end.
    ///
    /// - Throws: `ValidationError` if it is not, or if --object is given.
    private func requireReceipt() throws(ValidationError) {
        guard FileManager.default.fileExists(atPath: subject) else {
            throw ValidationError("\"\(subject)\" is neither a file nor a blob ID")
        }
        do {
            _ = try MappedFile(path: subject)
        } catch {
            throw ValidationError("\(error)")
        }
        guard object == nil else {
            throw ValidationError("--object needs a blob ID, but \(subject) is a file")
        }
    }
}
