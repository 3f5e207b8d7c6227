import Contract
import Foundation
import Glibc
import Jobs
import Support
import Testing

/// One kind of engine with all that it needs, to be held against what engines must do.
struct EngineBench: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Makes an engine that works in a folder.
    let make: @Sendable (_ folder: String) throws -> any Engine

    static let all = [
        EngineBench(testDescription: "local") { folder in
            LocalEngine(worker: try Program("okai-worker").path, folder: "\(folder)/work")
        },
        EngineBench(testDescription: "vm") { folder in
            var plan = VMEngine.Plan()
            plan.program = try QemuFake.write(in: folder)
            return VMEngine(plan: plan, folder: "\(folder)/machines", relay: "/bin/true") { "image.qcow2" }
        },
    ]

    /// Gives `body` an engine, and ends whatever that has started.
    func run(_ body: (Running) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let running = Running(engine: try make(folder), folder: folder, make: make)
            let result: Result<Void, any Error>
            do { result = .success(try await body(running)) } catch { result = .failure(error) }
            for pid in running.processes() { kill(pid, SIGKILL) }
            try await eventually("all processes are gone") { running.processes().isEmpty }
            try result.get()
        }
    }

    struct Running {
        let engine: any Engine
        let folder: String
        let make: @Sendable (String) throws -> any Engine

        /// Another engine on the same ground, as after a restart of the bot.
        func again() -> any Engine {
            do { return try make(folder) } catch { fatalError("\(error)") }
        }

        /// How many workers there are, as the system sees it.
        func workers() throws -> Int { processes().count }

        /// Ends the worker without a word to anyone.
        func lose(_ handle: String) async throws {
            let before = processes()
            let pid = try #require(pids(of: handle).first)
            kill(pid, SIGKILL)
            try await eventually("the worker is gone") { !processes().contains(pid) || before.isEmpty }
        }

        /// Arguments and environment of every worker.
        func visible() throws -> [String] {
            processes().flatMap { pid in
                ["cmdline", "environ"].compactMap { file in
                    FileManager.default.contents(atPath: "/proc/\(pid)/\(file)").map {
                        String(decoding: $0, as: UTF8.self)
                    }
                }
            }
        }

        private func pids(of handle: String) -> [Int32] {
            if let process = try? Wire.decode(ProcessIdentity.self, from: handle.utf8) {
                return [process.pid]
            }
            let text = FileManager.default.contents(atPath: "\(folder)/machines/\(handle)/pid") ?? Data()
            let words = String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            return Int32(words).map { [$0] } ?? []
        }

        /// The living processes that belong to this folder: their standard error, or an argument, is in it.
        func processes() -> [Int32] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return names.compactMap { Int32($0) }.filter { pid in
                guard pid != getpid() else { return false }
                let log = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/2")
                let arguments = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
                let isOurs =
                    log?.hasPrefix(folder) == true
                    || String(decoding: arguments, as: UTF8.self).contains("\(folder)/machines/")
                let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat") ?? Data()
                return isOurs && !String(decoding: stat, as: UTF8.self).contains(") Z ")
            }
        }
    }
}

/// A program that takes qemu's arguments and stays in the background as qemu would.
enum QemuFake {
    static func write(in folder: String) throws -> String {
        let path = "\(folder)/qemu"
        let script = #"""
            #!/bin/sh
            # Checks what it is told, then stays in the background under the very same arguments.
            if [ "$1" = --stay ]; then shift; while :; do sleep 0.2; done; fi
            arguments="$*"
            while [ $# -gt 0 ]; do
                case $1 in
                -pidfile) pidfile=$2 ;;
                -fw_cfg) settings=${2##*file=} ;;
                esac
                shift
            done
            [ -s "$settings" ] || { echo "no settings" >&2; exit 1; }
            [ "$(stat -c %a "$settings")" = 600 ] || { echo "settings that others can read" >&2; exit 1; }
            # shellcheck disable=SC2086
            setsid "$0" --stay $arguments </dev/null >/dev/null 2>&1 &
            echo $! >"$pidfile"
            """#
        try Data(script.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }
}
