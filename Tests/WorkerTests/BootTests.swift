import Contract
import Foundation
import HTTP
import HTTPTypes
import Hummingbird
import Support
import Synchronization
import Testing
import Worker

extension WorkerSuites {
    @Suite("Booting a virtual machine", .timeLimit(.minutes(10)))
    struct BootTests {
        private static let job = #"{"bot": "http://127.0.0.1:1", "job": 7, "launchToken": "t"}"#
        private static let enrolment = #"{"bot": "http://127.0.0.1:2", "enrolmentToken": "e"}"#

        @Test("the first file that names a job is used, else the first with an enrolment token")
        func order() async throws {
            try await withTemporaryFolder { folder in
                func write(_ name: String, _ text: String) throws {
                    try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
                }
                #expect(throws: (any Error).self) { try BootSettings.first(in: "\(folder)/none") }
                try write("7-image", Self.enrolment)
                #expect(try BootSettings.first(in: folder).enrolmentToken == "e")
                try write("6-command-line", Self.job)
                #expect(try BootSettings.first(in: folder).job == 7)
                try write(
                    "1-user-data",
                    "#cloud-config\nusers: []\nokai: \(Self.job.replacing("7", with: "9"))\n"
                )
                #expect(try BootSettings.first(in: folder).job == 9)
                try write("1-user-data", "#!/bin/sh\necho for another program\n")
                #expect(try BootSettings.first(in: folder).job == 7)
            }
        }

        @Test("the boot script copies every source of settings, named in order of priority")
        func sources() async throws {
            try await withTemporaryFolder { folder in
                let sources = [
                    ("var/lib/cloud/instance/user-data.txt", "1-user-data"),
                    ("run/okai/drive/user-data", "2-drive-user-data"),
                    ("run/okai/drive/okai.json", "3-drive-okai"),
                    ("sys/firmware/qemu_fw_cfg/by_name/opt/okai/settings/raw", "4-fw_cfg"),
                    ("run/credentials/@system/okai.settings", "5-smbios"),
                    ("etc/okai/settings.json", "7-image"),
                ]
                for (path, name) in sources {
                    let url = URL(filePath: "\(folder)/\(path)")
                    try FileManager.default.createDirectory(
                        at: url.deletingLastPathComponent(),
                        withIntermediateDirectories: true
                    )
                    try Data(name.utf8).write(to: url)
                }
                let line = Base64URL.encode(Array("6-command-line".utf8))
                try FileManager.default.createDirectory(
                    atPath: "\(folder)/proc",
                    withIntermediateDirectories: true
                )
                try Data("quiet okai.settings=\(line) ro\n".utf8).write(
                    to: URL(filePath: "\(folder)/proc/cmdline")
                )
                let script = URL(filePath: #filePath).deletingLastPathComponent()
                    .appending(path: "../../image/guest/okai-settings")
                let process = Process()
                process.executableURL = URL(filePath: "/bin/sh")
                process.arguments = [script.path(), folder]
                try process.run()
                process.waitUntilExit()
                #expect(process.terminationStatus == 0)
                let out = "\(folder)/run/okai/settings"
                let names = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
                #expect(names == (sources.map(\.1) + ["6-command-line"]).sorted())
                for name in names {
                    #expect(try String(contentsOfFile: "\(out)/\(name)", encoding: .utf8) == name)
                }
            }
        }

        @Test("a machine without a job asks the bot until it gets one, and does that job")
        func enrols() async throws {
            let fixture = try JobFixture.train(Dataset.iris())
            let asked = Mutex(0)
            let router = Router()
            fixture.bot.addRoutes(to: router)
            fixture.walrus.addRoutes(to: router)
            router.post("v1/claim") { request, _ in
                guard request.headers[.authorization] == "Bearer e" else {
                    return Response(status: .unauthorized)
                }
                let count = asked.withLock {
                    $0 += 1
                    return $0
                }
                guard count > 2 else { return Response(status: .noContent) }
                let enrolment = Enrolment(
                    job: fixture.bot.state.assignment.job,
                    launchToken: fixture.bot.state.launchToken
                )
                return Response(
                    status: .ok,
                    body: .init(byteBuffer: .init(bytes: try Wire.encode(enrolment)))
                )
            }
            let (ends, end) = AsyncStream.makeStream(of: Bool.self)
            try await withLoopbackServer(router) { url in
                fixture.bot.change { state in
                    state.assignment.walrus.aggregators = ["\(url)"]
                    state.assignment.walrus.publisher = "\(url)"
                }
                let settings = BootSettings(bot: "\(url)", enrolmentToken: "e")
                end.yield(try await BootVerb(settings, clock: FastClock()).run(until: StopSignal()))
            }
            #expect(await ends.first { _ in true } == true)
            #expect(asked.withLock { $0 } == 3)
            #expect(fixture.bot.state.outcome != nil)
        }

        @Test("a machine ends after a limited time if no job comes or the bot cannot be reached")
        func idle() async throws {
            let router = Router()
            router.post("v1/claim") { _, _ in HTTPResponse.Status.noContent }
            try await withLoopbackServer(router) { url in
                let settings = BootSettings(bot: "\(url)", enrolmentToken: "e")
                let isDone = try await BootVerb(settings, clock: FastClock()).run(until: StopSignal())
                #expect(isDone)
            }
            let gone = BootSettings(bot: "http://127.0.0.1:1", job: 7, launchToken: "t")
            await #expect(throws: (any Error).self) {
                try await BootVerb(gone, clock: FastClock()).run(until: StopSignal())
            }
        }

        @Test("without settings the error names what is missing")
        func nothing() async throws {
            try await withTemporaryFolder { folder in
                let result = try await Program("okai-worker").run(["boot", folder], input: [])
                #expect(result.status == 1)
                #expect(result.errors.contains("has boot settings with a job or an enrolment token"))
            }
        }

        @Test("the relay carries a connection in both directions until it is closed")
        func relay() async throws {
            let router = Router()
            router.get("word") { _, _ in "carried" }
            try await withLoopbackServer(router) { url in
                let parts = url.authority.split(separator: ":").map(String.init)
                let request = "GET /word HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                let result = try await Program("okai-worker").run(["relay"] + parts, input: request.utf8)
                #expect(result.status == 0)
                #expect(result.output.hasPrefix("HTTP/1.1 200"))
                #expect(result.output.hasSuffix("carried"))
            }
        }
    }
}
