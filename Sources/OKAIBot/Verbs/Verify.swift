import ArgumentParser
import Contract
import Foundation
import Walrus

/// Says what can be trusted of a blob or a training, and why.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check a blob, or a training's receipt and the blobs that it names.",
        usage: "okaibot verify RECEIPT|BLOB [--object 0x…|--no-chain] [--data FILE] [--train] [--json]",
        discussion: """
            Every blob is read, and its ID recomputed here. Then the chain is asked whether it is registered and \
            certified, and for how long, unless \(SettingKey.graphQL.rawValue) is empty or --no-chain is given. Exit \
            code 0: all that was asked for holds; 1: something does not, or could not be checked. What a receipt names \
            without a blob ID is checked by its SHA-256: the model beside the receipt, and the dataset that --data names.
            """
    )

    @Argument(help: "The ID of a blob, or a receipt's file.", transform: DashedID.unmarked)
    var subject: String

    @Option(help: "The blob's object on Sui, which must then be right.")
    var object: String?

    @Option(help: "The dataset of a receipt that names it without a blob ID.")
    var data: String?

    @Flag(help: "Do not ask the chain: the bytes are all that counts.")
    var noChain = false

    @Flag(help: "Train again as the receipt says, and compare the model bit for bit.")
    var train = false

    @Flag(help: "Print JSON instead of lines.")
    var json = false

    @OptionGroup var option: SettingsOption

    func validate() throws {
        guard object == nil || !noChain else {
            throw ValidationError("--object is looked up on the chain, which --no-chain leaves out")
        }
        if let object, !SuiClient.isAddress(object) {
            throw ValidationError("--object must be 0x and up to 64 hexadecimal digits, but is \"\(object)\"")
        }
    }

    /// What `okai-worker verify` reads.
    struct Request: Encodable {
        var blob: BlobID?
        var object: String?
        var receipt: String?
        var data: String?
        var walrus: WalrusAccess
        var noChain: String
        var train: Bool
        var json: Bool
    }

    func run() throws {
        var request = Request(
            object: object,
            data: data,
            walrus: try option.settings().networkAccess(),
            noChain: noChain ? "--no-chain is given" : "\(SettingKey.graphQL.rawValue) is empty",
            train: train,
            json: json
        )
        if noChain { request.walrus.chain = nil }
        // First, since a blob that was got is a file that is called by its ID.
        if let id = try? BlobID(subject) {  // else it is a file
            request.blob = id
        } else {
            try requireReceipt()
            request.receipt = subject
        }
        try WorkerBinary.become("verify", request)
    }

    /// A FIFO would never be read to its end, so it is none.
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
            throw ValidationError("--object belongs to a blob, and \(subject) is a file")
        }
    }
}
