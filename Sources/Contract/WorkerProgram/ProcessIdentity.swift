/// Identifies a process by its id and its start time.
///
/// The start time distinguishes it from a later process with the same id.
package struct ProcessIdentity: Codable, Equatable, Sendable {
    package var pid: Int32
    /// Field 22 of `/proc/<pid>/stat`, in clock ticks since the machine booted.
    package var started: UInt64

    package init(pid: Int32, started: UInt64) {
        self.pid = pid
        self.started = started
    }
}
