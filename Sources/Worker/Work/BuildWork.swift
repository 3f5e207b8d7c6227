import Contract
import Crypto
import Foundation
import Walrus

/// An image for the bot: has the owner's image command make it, and publishes it under a name that says its content.
struct BuildWork: Sendable {
    let arguments: BuildArguments
    let folder: WorkFolder
    let queue: EventQueue

    func run() async throws -> Outcome {
        queue.add(.phase(name: .building))
        let out = folder.file("out")
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        let token = Self.makeToken()
        let settings = BootSettings(bot: arguments.bot, enrolmentToken: token)
        try write(try Wire.encode(settings), to: folder.file("settings.json"))
        let command = arguments.command + ["--out", out, "--settings", folder.file("settings.json")]
        let end = try await BackgroundWork.run { [self] isCancelled in
            let environment = ProcessInfo.processInfo.environment.merging(["OKAI_WORK": folder.path]) { $1 }
            return try CommandRun(command, in: folder, environment: environment)
                .run(isCancelled: isCancelled, hear: hear)
        }
        guard end == .exited(0) else {
            throw WorkerError.buildFailed("the image command \(end) (\(arguments.command[0]))")
        }
        queue.add(.phase(name: .publishing))
        return .built(image: try await publish(try image(in: out), token: token))
    }

    /// `phase <word>` is what it is at, everything else a line for the log.
    private func hear(_ line: String) {
        guard let word = line.wholeMatch(of: /phase (\S+)/)?.1 else { return queue.add(.log(line: line)) }
        queue.add(.log(line: "-- \(word)"))
        queue.add(.progress(fraction: 0, note: String(word)))
    }

    /// The one image that the command has made: a file of its own, not a link to something else.
    private func image(in out: String) throws -> URL {
        let files = try FileManager.default.contentsOfDirectory(atPath: out)
            .filter { $0.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*\.(?:qcow2|img|raw)/) != nil }
        guard files.count == 1 else {
            throw WorkerError.buildFailed(
                "the image command must leave one .qcow2, .img or .raw in the folder behind --out, but left "
                    + (files.isEmpty ? "none" : files.sorted().joined(separator: ", "))
            )
        }
        // Nix leaves a link to its store, whose target is the image.
        return URL(filePath: "\(out)/\(files[0])").resolvingSymlinksInPath()
    }

    /// Copies the image beside where it will lie, and puts it there in one step.
    private func publish(_ image: URL, token: String) async throws -> ImageFile {
        let sha256 = try await BackgroundWork.run { _ in
            let file = try MappedFile(path: image.path())
            var hash = SHA256()
            file.withBytes { bytes in bytes.withUnsafeBytes { hash.update(bufferPointer: $0) } }
            return hash.finalize().map { String(format: "%02x", $0) }.joined()
        }
        let name = "okai-\(sha256.prefix(12)).\(image.pathExtension)"
        try FileManager.default.createDirectory(
            atPath: arguments.folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        let hidden = "\(arguments.folder)/.\(name).\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: image.path(), toPath: hidden)
        guard chmod(hidden, 0o644) == 0, rename(hidden, "\(arguments.folder)/\(name)") == 0 else {
            let reason = String(cString: strerror(errno))
            try FileManager.default.removeItem(atPath: hidden)
            throw WorkerError.buildFailed("cannot publish \(name) in \(arguments.folder): \(reason)")
        }
        let size = try FileManager.default.attributesOfItem(atPath: "\(arguments.folder)/\(name)")[.size]
        let hash = SHA256.hash(data: Data(token.utf8)).map { String(format: "%02x", $0) }.joined()
        return ImageFile(name: name, size: size as? Int ?? 0, sha256: sha256, enrolmentHash: hash)
    }

    private static func makeToken() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<32).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
}
