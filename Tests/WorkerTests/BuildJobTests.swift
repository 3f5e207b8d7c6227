import Contract
import Crypto
import Foundation
import Glibc
import Support
import Testing
import Worker

extension WorkerSuites {
    @Suite("A build job", .timeLimit(.minutes(10)))
    struct BuildJobTests {
        /// Runs a build whose image command is this shell script; `$2` is the folder for the image, `$4` the file with the
        /// image's settings.
        private func runBuild(
            _ script: String,
            meanwhile: @escaping @Sendable (JobFixture) async -> Void = { _ in },
            check: @escaping @Sendable (BotFake.State, _ folder: String) throws -> Void
        ) async throws {
            try await withTemporaryFolder { folder in
                let arguments = BuildArguments(
                    command: ["/bin/sh", "-c", script.replacing("FOLDER", with: folder), "image"],
                    folder: "\(folder)/images",
                    bot: "https://bot.example/api"
                )
                let fixture = JobFixture(.build(arguments))
                try await fixture.runWorker(meanwhile: meanwhile)
                try check(fixture.bot.state, folder)
            }
        }

        @Test("the image is published completely, under a name made of its SHA-256")
        func published() async throws {
            let script = """
                echo phase system; echo packing >&2; cp "$4" FOLDER/settings; echo phase disk
                printf image >"$2/nixos.qcow2"; touch "$2/notes.txt"
                """
            try await runBuild(script) { state, folder in
                guard case .built(let image) = state.outcome else {
                    Issue.record("not built: \(String(describing: state.end))")
                    return
                }
                let sum = SHA256.hash(data: Data("image".utf8)).map { String(format: "%02x", $0) }.joined()
                #expect((image.sha256, image.size) == (sum, 5))
                #expect(image.name == "okai-\(sum.prefix(12)).qcow2")
                #expect(
                    try FileManager.default.contentsOfDirectory(atPath: "\(folder)/images") == [image.name]
                )
                let bytes = try Data(contentsOf: URL(filePath: "\(folder)/images/\(image.name)"))
                #expect(bytes == Data("image".utf8))
                #expect(state.phases == [.building, .publishing])
                #expect(state.lines == ["-- system", "packing", "-- disk"])
                // The image gets the enrolment token; the bot gets only its hash.
                let settings = try Wire.decode(
                    BootSettings.self,
                    from: Data(contentsOf: URL(filePath: "\(folder)/settings"))
                )
                let token = try #require(settings.enrolmentToken)
                let hash = SHA256.hash(data: Data(token.utf8)).map { String(format: "%02x", $0) }.joined()
                #expect(image.enrolmentHash == hash)
                #expect(settings.bot == "https://bot.example/api")
                #expect(settings.job == nil)
            }
        }

        @Test("if the command leaves a symbolic link, the file behind it is published")
        func link() async throws {
            let script = "printf store >FOLDER/store.qcow2; ln -s FOLDER/store.qcow2 \"$2/nixos.qcow2\""
            try await runBuild(script) { state, folder in
                guard case .built(let image) = state.outcome else {
                    Issue.record("not built: \(String(describing: state.end))")
                    return
                }
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: "\(folder)/images/\(image.name)"
                )
                #expect(attributes[.type] as? FileAttributeType == .typeRegular)
            }
        }

        @Test(
            "a command that fails, or leaves no image or two images, publishes nothing",
            arguments: zip(
                ["echo no room; exit 3", "kill -9 $$", "true", "touch \"$2/a.qcow2\" \"$2/b.img\""],
                ["ended with code 3", "was killed by signal 9", "left none", "left a.qcow2, b.img"]
            )
        )
        func failed(_ script: String, _ words: String) async throws {
            try await runBuild(script) { state, folder in
                let failure = try #require(state.failure)
                #expect(failure.reason.contains(words))
                #expect(failure.phase != nil)
                #expect(!failure.isTemporary)
                #expect(!FileManager.default.fileExists(atPath: "\(folder)/images"))
            }
        }

        @Test("a cancel ends the command and all processes that it started")
        func cancelled() async throws {
            let script = "sleep 600 & echo $! >FOLDER/child; echo ready; wait"
            try await runBuild(script) { fixture in
                await fixture.bot.until { $0.lines.contains("ready") }
                fixture.bot.change { $0.cancels = true }
            } check: { state, folder in
                #expect(state.end == .cancelled)
                let text = try String(contentsOfFile: "\(folder)/child", encoding: .utf8)
                let child = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
                let stat = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
                #expect(stat == nil || stat?.contains(") Z ") == true)
            }
        }
    }
}
