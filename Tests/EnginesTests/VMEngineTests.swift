import Contract
import Crypto
import Engines
import Foundation
import HTTPTypes
import Hummingbird
import Jobs
import Support
import Testing

@Suite("The engine for virtual machines", .timeLimit(.minutes(10)))
struct VMEngineTests {
    /// Starts a machine from `image` with a fake qemu; `check` gets its arguments and its folder.
    private func start(
        _ image: String?,
        hasNetwork: Bool = false,
        check: (_ arguments: [String], _ folder: String) throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            var plan = VMEngine.Plan()
            plan.program = try QemuFake.write(in: folder)
            plan.hasNetwork = hasNetwork
            let engine = VMEngine(plan: plan, folder: "\(folder)/machines", relay: "/opt/okai-worker") {
                image
            }
            let handle = try await engine.start(.some, as: .first)
            let result = Result {
                let pid = try String(contentsOfFile: "\(folder)/machines/\(handle)/pid", encoding: .utf8)
                    .trimmingCharacters(in: .whitespacesAndNewlines)
                let words = try Data(contentsOf: URL(filePath: "/proc/\(pid)/cmdline")).split(separator: 0)
                try check(words.map { String(decoding: $0, as: UTF8.self) }, "\(folder)/machines/\(handle)")
            }
            try await engine.stop(handle)
            try result.get()
        }
    }

    @Test("a machine reaches only the bot, by one address")
    func network() async throws {
        try await start("image.qcow2") { arguments, folder in
            let text = arguments.joined(separator: " ")
            #expect(text.contains("user,id=net,restrict=on,guestfwd=tcp:10.0.2.100:80-cmd:"))
            #expect(text.contains("'/opt/okai-worker' relay 127.0.0.1 1"))
            let bytes = try Data(contentsOf: URL(filePath: "\(folder)/settings.json"))
            let settings = try Wire.decode(BootSettings.self, from: bytes)
            #expect(
                settings
                    == BootSettings(bot: "http://10.0.2.100", job: 7, launchToken: Launch.some.launchToken)
            )
        }
    }

    @Test("a machine with open network reaches the bot as its host")
    func open() async throws {
        try await start("image.qcow2", hasNetwork: true) { arguments, folder in
            #expect(!arguments.joined(separator: " ").contains("restrict"))
            let bytes = try Data(contentsOf: URL(filePath: "\(folder)/settings.json"))
            let settings = try Wire.decode(BootSettings.self, from: bytes)
            #expect(settings.bot == "http://10.0.2.2:1")
        }
    }

    @Test("an image is downloaded and compared with the hash in its name")
    func download() async throws {
        let bytes = Array("an image".utf8)
        let sum = SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
        let right = "okai-\(sum.prefix(12)).qcow2"
        let router = Router()
        router.get("images/:name") { _, context in
            guard context.parameters.get("name") != "none.qcow2" else { throw HTTPError(.notFound) }
            return ByteBuffer(bytes: bytes)
        }
        try await withLoopbackServer(router) { url in
            try await start("\(url)/images/\(right)") { arguments, folder in
                let path = "\(folder)/../images/\(right)"
                let kept = try Data(contentsOf: URL(filePath: path).standardized)
                #expect(kept == Data(bytes))
                #expect(arguments.contains { $0.contains("machines/images/\(right),if=virtio") })
            }
            for (name, words) in [
                ("okai-000000000000.qcow2", "serves another image"),
                ("none.qcow2", "answers with status 404"),
            ] {
                let error = await #expect(throws: EngineError.self) {
                    try await start("\(url)/images/\(name)") { _, _ in }
                }
                #expect(error?.description.contains(words) == true)
            }
        }
    }

    @Test("without an image, or if qemu fails, no file is left")
    func failures() async throws {
        let error = await #expect(throws: EngineError.self) { try await start(nil) { _, _ in } }
        #expect(error?.description.contains("/build") == true)
        try await withTemporaryFolder { folder in
            var plan = VMEngine.Plan()
            plan.program = "\(folder)/qemu"
            let script = "#!/bin/sh\necho 'no such accelerator' >&2; exit 1\n"
            try Data(script.utf8).write(to: URL(filePath: plan.program))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: plan.program)
            let engine = VMEngine(plan: plan, folder: "\(folder)/machines", relay: "/x") { "image.qcow2" }
            let refusal = await #expect(throws: EngineError.self) {
                try await engine.start(.some, as: .first)
            }
            #expect(refusal?.description == "cannot start a worker: qemu: no such accelerator")
            let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/machines")
            #expect(left == [])
        }
    }
}
