import Contract
import Crypto
import Foundation
import Walrus

/// A build job: runs the owner's image command, and publishes the image under a name with the beginning of its SHA-256.
struct BuildWork: Sendable {
    let arguments: BuildArguments
    let folder: WorkFolder
    let queue: EventQueue

    func run() async throws -> Outcome {
        queue.add(.phase(name: .building))
        let out = folder.file("out")
        try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
        let token = RandomToken.make()
        let settings = BootSettings(bot: arguments.bot, enrolmentToken: token)
        try folder.write(try Wire.encode(settings), to: "settings.json")
        let command = arguments.command + ["--out", out, "--settings", folder.file("settings.json")]
        let end = try await BackgroundWork.run { [self] isCancelled in
            // CommandProcess needs the folder's path in the environment.
            let environment = ProcessInfo.processInfo.environment.merging(["OKAI_WORK": folder.path]) { $1 }
            return try CommandProcess(command, in: folder, environment: environment)
                .run(isCancelled: isCancelled, onLine: report)
        }
        guard end == .exited(0) else {
            throw WorkerError.buildFailed("the image command \(arguments.command[0]) \(end)")
        }
        queue.add(.phase(name: .publishing))
        return .built(image: try await publish(try image(in: out), token: token))
    }

    /// Handles a line of the command's output.
    ///
    /// A line `phase WORD` sets the progress note, and goes to the log as `-- WORD`. Every other line goes to the log
    /// unchanged.
    private func report(_ line: String) {
        guard let word = line.wholeMatch(of: /phase (\S+)/)?.1 else { return queue.add(.log(line: line)) }
        queue.add(.log(line: "-- \(word)"))
        queue.add(.progress(fraction: 0, note: String(word)))
    }

    /// The only image in `out`.
    private func image(in out: String) throws -> URL {
        let files = try FileManager.default.contentsOfDirectory(atPath: out)
            .filter { $0.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*\.(?:qcow2|img|raw)/) != nil }
        guard files.count == 1 else {
            throw WorkerError.buildFailed(
                "the image command must leave one .qcow2, .img or .raw in the folder given by --out, but left "
                    + (files.isEmpty ? "none" : files.sorted().joined(separator: ", "))
            )
        }
        // Nix leaves a symbolic link to the image in its store.
        return URL(filePath: "\(out)/\(files[0])").resolvingSymlinksInPath()
    }

    /// Copies the image into the images' folder under a hidden name, then renames it in one step.
    private func publish(_ image: URL, token: String) async throws -> ImageFile {
        let identity = try await BackgroundWork.run { _ in
            FileIdentity(of: try MappedFile(path: image.path()))
        }
        let sha256 = identity.sha256 ?? ""
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
        let hash = SHA256.hash(data: Data(token.utf8)).hexadecimal
        return ImageFile(name: name, size: identity.size, sha256: sha256, enrolmentHash: hash)
    }
}
