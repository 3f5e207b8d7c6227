import ArgumentParser
import Contract
import Foundation
import HTTP
import Walrus

/// Says what can be trusted of a blob or a training, and why.
struct Verify: AsyncParsableCommand {
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

    func run() async throws {
        let settings = try option.settings()
        let http = HTTPClient()
        let walrus = try settings.walrusClient(http: http)
        let chain = noChain ? nil : settings.chain.map { ChainCheck(SuiClient(network: $0, http: http)) }
        let reason = noChain ? "--no-chain is given" : "\(SettingKey.graphQL.rawValue) is empty"
        let (subject, object, train) = (try parsedSubject(), object, train)
        let files = Verification.LocalFiles(dataset: data, model: model)
        let report = try await watched("getting") { show in
            let verifier = BlobVerifier(walrus: walrus, chain: chain, noChain: reason, onProgress: show)
            return try await withScratchFolder { folder in
                let verification = Verification(
                    verifier: verifier,
                    folder: folder,
                    files: files,
                    trainsAgain: train
                )
                return switch subject {
                case .blob(let id): try await verification.report(on: id, object: object)
                case .receipt(let receipt): try await verification.report(on: receipt)
                }
            }
        }
        print(json ? String(decoding: try Wire.encode(report), as: UTF8.self) : "\(report)")
        guard report.holds else { throw ExitCode(1) }
    }

    /// Where the model of a receipt's file is.
    private var model: String {
        URL(filePath: subject).deletingLastPathComponent().appending(path: "model.onnx")
            .path(percentEncoded: false)
    }

    private enum Subject {
        case blob(BlobID)
        case receipt(Receipt)
    }

    private func parsedSubject() throws -> Subject {
        // First, since a blob that was got is a file that is called by its ID.
        if let id = try? BlobID(subject) { return .blob(id) }
        if FileManager.default.fileExists(atPath: subject) {
            let content = try content(ofFileAt: subject)
            guard let receipt = Receipt(json: content) else {
                throw ValidationError("the file \(subject) is not a receipt: name one, or a blob ID")
            }
            guard object == nil else {
                throw ValidationError("--object belongs to a blob, and \(subject) is a file")
            }
            return .receipt(receipt)
        }
        throw ValidationError("\"\(subject)\" is neither a file nor a blob ID")
    }

    /// A FIFO would never be read to its end, so it is none.
    private func content(ofFileAt path: String) throws(ValidationError) -> Data {
        do {
            return try MappedFile(path: path).withBytes { $0.withUnsafeBytes { Data($0) } }
        } catch {
            throw ValidationError("\(error)")
        }
    }
}
