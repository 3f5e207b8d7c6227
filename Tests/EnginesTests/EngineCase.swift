import Contract
import Engines
import Foundation
import Glibc
import Jobs
import Support
import Testing

/// One kind of engine with its surroundings, for the conformance suite.
struct EngineCase: Sendable, CustomTestStringConvertible {
    /// An engine, and its workers as seen from outside.
    struct Running: Sendable {
        let engine: any Engine
        /// Makes another engine with the same folder or account, as after a restart of the bot.
        let makeAgain: @Sendable () throws -> any Engine
        /// The number of workers.
        let workerCount: @Sendable () throws -> Int
        /// Ends a worker past the engine.
        let kill: @Sendable (String) async throws -> Void
        /// Texts about workers that others can read: arguments and environments, or requests.
        let publicTexts: @Sendable () throws -> [String]
    }

    let testDescription: String
    /// Runs the body with an engine, and ends all workers.
    let run: @Sendable (@escaping @Sendable (Running) async throws -> Void) async throws -> Void

    static let all = [
        onThisMachine("local") { folder in
            LocalEngine(worker: try Program("okai-worker").path, folder: "\(folder)/work")
        },
        onThisMachine("vm") { folder in
            var plan = VMEngine.Plan()
            plan.program = try QemuFake.write(in: folder)
            return VMEngine(plan: plan, folder: "\(folder)/machines", relay: "/bin/true") { "image.qcow2" }
        },
        fluence,
    ]

    /// An engine whose workers are processes of this machine; `make` makes one that works in a folder.
    private static func onThisMachine(
        _ name: String,
        _ make: @escaping @Sendable (String) throws -> any Engine
    ) -> EngineCase {
        EngineCase(testDescription: name) { body in
            try await withTemporaryFolder { folder in
                let processes = FolderProcesses(folder: folder)
                let running = Running(
                    engine: try make(folder),
                    makeAgain: { try make(folder) },
                    workerCount: { processes.all.count },
                    kill: { try await processes.kill($0) },
                    publicTexts: { processes.publicTexts }
                )
                let result: Result<Void, any Error>
                do { result = .success(try await body(running)) } catch { result = .failure(error) }
                for pid in processes.all { kill(pid, SIGKILL) }
                try await eventually("all processes are gone") { processes.all.isEmpty }
                try result.get()
            }
        }
    }

    private static let fluence = EngineCase(testDescription: "fluence") { body in
        let fake = FluenceFake()
        try await withLoopbackServer(fake.router) { address in
            let make: @Sendable () -> any Engine = { FluenceEngineTests.engine(address, fake) }
            let running = Running(
                engine: make(),
                makeAgain: make,
                workerCount: {
                    fake.state.vms.count { !["terminated", "failed"].contains($0.status) }
                },
                kill: { handle in
                    fake.change { state in
                        for index in state.vms.indices where state.vms[index].name == handle {
                            state.vms[index].status = "failed"
                        }
                    }
                },
                publicTexts: { fake.state.requests }
            )
            try await body(running)
        }
        #expect(fake.state.violations == [])
    }
}

/// The processes whose standard error or an argument is in a folder.
private struct FolderProcesses: Sendable {
    let folder: String

    var all: [Int32] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { Int32($0) }.filter { pid in
            guard pid != getpid() else { return false }
            let log = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/2")
            let isOurs =
                log?.hasPrefix(folder) == true || read("cmdline", of: pid).contains("\(folder)/machines/")
            return isOurs && !read("stat", of: pid).contains(") Z ")
        }
    }

    /// The arguments and the environment of each.
    var publicTexts: [String] { all.flatMap { pid in ["cmdline", "environ"].map { read($0, of: pid) } } }

    func kill(_ handle: String) async throws {
        let pid = try #require(processID(of: handle))
        Glibc.kill(pid, SIGKILL)
        try await eventually("the worker is gone") { !all.contains(pid) }
    }

    private func processID(of handle: String) -> Int32? {
        if let process = try? Wire.decode(ProcessIdentity.self, from: handle.utf8) { return process.pid }
        let text = FileManager.default.contents(atPath: "\(folder)/machines/\(handle)/pid") ?? Data()
        return Int32(String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }

    private func read(_ file: String, of pid: Int32) -> String {
        String(
            decoding: FileManager.default.contents(atPath: "/proc/\(pid)/\(file)") ?? Data(),
            as: UTF8.self
        )
    }
}

/// A program that takes the arguments of qemu and goes to the background like qemu.
enum QemuFake {
    static func write(in folder: String) throws -> String {
        let path = "\(folder)/qemu"
        let script = #"""
            #!/bin/sh
            # Checks its arguments, then goes to the background with the same arguments.
            arguments="$*"
            while [ $# -gt 0 ]; do
                case $1 in
                -pidfile) pidfile=$2 ;;
                -fw_cfg) settings=${2##*file=} ;;
                esac
                shift
            done
            if [ "${arguments#--stay}" != "$arguments" ]; then
                echo $$ >"$pidfile"
                # Waits for ever, without starting another program.
                read -r never <"$0.never"
            fi
            [ -s "$settings" ] || { echo "no settings" >&2; exit 1; }
            [ "$(stat -c %a "$settings")" = 600 ] || { echo "settings that others can read" >&2; exit 1; }
            # shellcheck disable=SC2086
            setsid "$0" --stay $arguments </dev/null >/dev/null 2>&1 &
            for _ in $(seq 200); do
                [ -s "$pidfile" ] && exit 0
                sleep 0.05
            done
            echo "it does not go to the background" >&2
            exit 1
            """#
        try Data(script.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        mkfifo("\(path).never", 0o600)
        return path
    }
}
