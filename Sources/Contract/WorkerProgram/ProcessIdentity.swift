/// Which process a worker is: its id, and the start time that tells it from a later process with the same id.
package struct ProcessIdentity: Codable, Equatable, Sendable {
    package var pid: Int32
    /// Field 22 of `/proc/<pid>/stat`: clock ticks since the machine started.
    package var started: UInt64

    package init(pid: Int32, started: UInt64) {
        self.pid = pid
        self.started = started
    }
}
