package import Contract
import Foundation
import Glibc
package import HTTP
package import Jobs
import Subprocess
import SystemPackage

/// Starts workers in virtual machines on this machine, with qemu.
///
/// A machine reads its settings from a file that only the bot's user can read. The machine reaches the bot and, by
/// default, nothing else. A machine's folder is the engine's only record of the machine, so a restarted bot finds its
/// machines.
package struct VMEngine: Engine {
    /// The virtual hardware of machines.
    package struct Plan: Sendable {
        /// The name or path of the qemu program.
        package var program = "qemu-system-x86_64"
        /// The value of qemu's option `-accel`.
        package var accelerator = "tcg"
        package var memoryMiB = 1_024
        /// The number of a machine's processors; nil: one if processors are emulated, otherwise two.
        ///
        /// Several emulated processors would block each other on a busy host.
        package var processors: Int?
        /// Whether machines can reach the network; otherwise they reach only the bot.
        package var hasNetwork = false
        package var maxMachines = 1

        package init() {}
    }

    package let name = EngineName.vm
    /// Ten minutes, because an emulated machine on a busy host may take minutes to boot.
    ///
    /// If a machine ends earlier, the bot notices it, because the process of the machine ends.
    package let startLease = Duration.seconds(600)

    private let plan: Plan
    private let folder: String
    private let relay: String
    private let images: ImageCache
    private let image: @Sendable () async throws -> String?

    /// - Parameters:
    ///   - plan: The virtual hardware of machines.
    ///   - folder: The path of the folder for machines and downloaded images.
    ///   - relay: The path of the program `okai-worker`, which forwards a machine's connections to the bot.
    ///   - http: Downloads images.
    ///   - image: Returns the path or URL of the image to boot; nil if there is none.
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
        guard let location = try await image() else {
            throw EngineError.cannotStart("there is no image: make one with /build")
        }
        let image = try await images.path(of: location)
        try machine.prepare(settings: try settings(for: launch))
        let result = try await run(
            plan.program.contains("/") ? .path(FilePath(plan.program)) : .name(plan.program),
            arguments: Arguments(arguments(for: machine, image: image, bot: launch.bot)),
            output: .string(limit: 4_096),
            error: .string(limit: 4_096)
        )
        guard case .exited(0) = result.terminationStatus, machine.isAlive else {
            let output = [result.standardError, result.standardOutput].first { !$0.isEmpty }
            machine.remove()
            throw EngineError.cannotStart("qemu: \(output ?? "\(result.terminationStatus)")")
        }
        return "\(key)"
    }

    package func status(of handle: String) async -> WorkerStatus {
        guard let key = WorkerKey(handle) else { return .unknown }
        return VirtualMachine(key: key, folder: folder).isAlive ? .alive : .lost
    }

    package func list() async throws -> [WorkerKey: String] {
        let living = foundMachines().filter(\.isAlive).map { ($0.key, "\($0.key)") }
        return Dictionary(living) { $1 }
    }

    package func lastWords(of handle: String) async -> [String] {
        WorkerKey(handle).map { VirtualMachine(key: $0, folder: folder).lastConsoleLines } ?? []
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

    /// Removes the folders of machines that have powered off, except those of `jobs`.
    package func sweep(keeping jobs: Set<JobID>) async {
        for machine in foundMachines() where !jobs.contains(machine.key.job) && !machine.isAlive {
            machine.remove()
        }
    }

    /// The machines that have a folder, whether they run or not.
    private func foundMachines() -> [VirtualMachine] {
        // The folder may not exist yet.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { WorkerKey($0) }.map { VirtualMachine(key: $0, folder: folder) }
    }

    private func settings(for launch: Launch) throws -> [UInt8] {
        try Wire.encode(
            BootSettings(bot: guestURL(of: launch.bot), job: launch.job, launchToken: launch.launchToken)
        )
    }

    /// The bot's URL inside a machine.
    ///
    /// With a network, the URL has qemu's address for the host. Without a network, the URL has an address that qemu
    /// forwards to ``relay``.
    private func guestURL(of bot: String) -> String {
        plan.hasNetwork ? "http://10.0.2.2:\(port(of: bot))" : "http://10.0.2.100"
    }

    private func port(of bot: String) -> Substring { bot.split(separator: ":").last ?? "80" }

    private func arguments(for machine: VirtualMachine, image: String, bot: String) -> [String] {
        var network = "user,id=net"
        if !plan.hasNetwork {
            let command = "'\(relay)' relay 127.0.0.1 \(port(of: bot))"
            network += ",restrict=on,guestfwd=tcp:10.0.2.100:80-cmd:\(command.quotedForQemu)"
        }
        let accelerator = plan.accelerator == "tcg" ? "tcg,thread=multi" : plan.accelerator
        return [
            "-name", machine.name, "-machine", "pc", "-accel", accelerator,
            "-cpu", plan.accelerator == "tcg" ? "max" : "host",
            "-smp", "\(plan.processors ?? (plan.accelerator == "tcg" ? 1 : 2))", "-m", "\(plan.memoryMiB)",
            "-no-reboot", "-nodefaults", "-display", "none",
            "-serial", "file:\(machine.consolePath)", "-daemonize", "-pidfile", machine.pidPath,
            "-netdev", network, "-device", "virtio-net-pci,netdev=net,romfile=", "-device", "virtio-rng-pci",
            "-drive", "file=\(image.quotedForQemu),if=virtio,format=qcow2,snapshot=on",
            "-fw_cfg", "name=opt/okai/settings,file=\(machine.settingsPath.quotedForQemu)",
        ]
    }
}

extension String {
    /// The text as a value in qemu's options, where a comma is written twice.
    fileprivate var quotedForQemu: String { replacing(",", with: ",,") }
}
