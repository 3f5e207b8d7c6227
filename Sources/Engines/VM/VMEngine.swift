package import Contract
import Foundation
import Glibc
package import HTTP
package import Jobs
import Subprocess
import SystemPackage

/// Starts workers as virtual machines of this machine, in qemu.
///
/// What a machine is told lies in a file that only the bot's user can read; the machine may reach the bot and, unless
/// told otherwise, nothing else. Its folder is all that is remembered of it: a bot that comes back finds it there.
package struct VMEngine: Engine {
    /// How machines are made.
    package struct Plan: Sendable {
        /// The qemu program.
        package var program = "qemu-system-x86_64"
        package var accelerator = "tcg"
        package var memoryMiB = 1_024
        /// Nil: one where it is emulated, because two that wait for each other stand still on a busy host; else two.
        package var processors: Int?
        /// Whether machines reach the network, and not the bot alone.
        package var isOpen = false
        package var maxMachines = 1

        package init() {}
    }

    package let name = EngineName.vm
    /// An emulated machine on a busy host takes its time; one that ends is noticed at once all the same.
    package let startLease = Duration.seconds(600)

    private let plan: Plan
    private let folder: String
    private let relay: String
    private let images: ImageCache
    private let image: @Sendable () async throws -> String?

    /// Keeps what it knows below `folder`; `relay` is the program `okai-worker`, which carries a machine's connections
    /// to the bot; `image` is the path or URL of what is booted.
    package init(
        plan: Plan = Plan(),
        folder: String,
        relay: String,
        http: HTTPClient = HTTPClient(),
        image: @escaping @Sendable () async throws -> String?
    ) {
        images = ImageCache(folder: "\(folder)/images", http: http)
        (self.plan, self.folder, self.relay, self.image) = (plan, folder, relay, image)
    }

    package func capacity(for kind: JobKind) -> Int {
        switch kind {
        case .train: plan.maxMachines
        case .look, .store, .predict, .fetch, .verify, .build: 0
        }
    }

    package func start(_ launch: Launch, as key: WorkerKey) async throws -> String {
        let machine = VirtualMachine(key: key, folder: folder)
        if machine.isAlive { return "\(key)" }
        guard let place = try await image() else {
            throw EngineError.cannotStart("there is no image: make one with /build")
        }
        let image = try await images.path(of: place)
        try machine.prepare(settings: try settings(for: launch))
        let result = try await run(
            plan.program.contains("/") ? .path(FilePath(plan.program)) : .name(plan.program),
            arguments: Arguments(arguments(for: machine, image: image, bot: launch.bot)),
            output: .string(limit: 4_096),
            error: .string(limit: 4_096)
        )
        guard case .exited(0) = result.terminationStatus, machine.isAlive else {
            let words = [result.standardError, result.standardOutput].first { !$0.isEmpty } ?? ""
            machine.remove()
            throw EngineError.cannotStart(
                "qemu: \(words.isEmpty ? "\(result.terminationStatus)" : words)"
            )
        }
        return "\(key)"
    }

    package func status(of handle: String) async -> WorkerStatus {
        guard let key = WorkerKey(handle) else { return .unknown }
        return VirtualMachine(key: key, folder: folder).isAlive ? .alive : .lost
    }

    package func list() async throws -> [WorkerKey: String] {
        let living = machines.filter(\.isAlive).map { ($0.key, "\($0.key)") }
        return Dictionary(living) { $1 }
    }

    package func lastWords(of handle: String) async -> [String] {
        WorkerKey(handle).map { VirtualMachine(key: $0, folder: folder).consoleEnd } ?? []
    }

    package func stop(_ handle: String) async throws {
        guard let key = WorkerKey(handle) else { throw EngineError.unreadableHandle(handle) }
        let machine = VirtualMachine(key: key, folder: folder)
        if let pid = machine.pid {
            kill(pid, SIGTERM)
            for _ in 0..<30 where machine.isAlive {
                try await ContinuousClock().sleep(for: .milliseconds(100))
            }
            if machine.isAlive { kill(pid, SIGKILL) }
        }
        machine.remove()
    }

    /// Folders of machines that have powered off.
    package func sweep(keeping jobs: Set<JobID>) async {
        for machine in machines where !jobs.contains(machine.key.job) && !machine.isAlive { machine.remove() }
    }

    private var machines: [VirtualMachine] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []  // none yet
        return names.compactMap { WorkerKey($0) }.map { VirtualMachine(key: $0, folder: folder) }
    }

    private func settings(for launch: Launch) throws -> [UInt8] {
        try Wire.encode(
            BootSettings(bot: guestURL(of: launch.bot), job: launch.job, launchToken: launch.launchToken)
        )
    }

    /// The bot as a machine sees it: at an address that qemu forwards, or as its host.
    private func guestURL(of bot: String) -> String {
        plan.isOpen ? "http://10.0.2.2:\(port(of: bot))" : "http://10.0.2.100"
    }

    private func port(of bot: String) -> Substring { bot.split(separator: ":").last ?? "80" }

    private func arguments(for machine: VirtualMachine, image: String, bot: String) -> [String] {
        var network = "user,id=net"
        if !plan.isOpen {
            let command = "'\(relay)' relay 127.0.0.1 \(port(of: bot))"
            network += ",restrict=on,guestfwd=tcp:10.0.2.100:80-cmd:\(command.quotedForQemu)"
        }
        let accelerator = plan.accelerator == "tcg" ? "tcg,thread=multi" : plan.accelerator
        return [
            "-name", machine.name, "-machine", "pc", "-accel", accelerator,
            "-cpu", plan.accelerator == "tcg" ? "max" : "host",
            "-smp", "\(plan.processors ?? (plan.accelerator == "tcg" ? 1 : 2))", "-m", "\(plan.memoryMiB)",
            "-no-reboot", "-nodefaults", "-display",
            "none",
            "-serial", "file:\(machine.console)", "-daemonize", "-pidfile", machine.pidFile,
            "-netdev", network, "-device", "virtio-net-pci,netdev=net,romfile=", "-device", "virtio-rng-pci",
            "-drive", "file=\(image.quotedForQemu),if=virtio,format=qcow2,snapshot=on",
            "-fw_cfg", "name=opt/okai/settings,file=\(machine.settings.quotedForQemu)",
        ]
    }
}

extension String {
    /// Commas separate options there.
    fileprivate var quotedForQemu: String { replacing(",", with: ",,") }
}
