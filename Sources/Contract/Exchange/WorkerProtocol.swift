/// The number of the protocol between bot and worker: what a launch, a claim and a report of events mean.
///
/// It is raised when an older worker would misunderstand a bot, or the other way round. Messages of commit 17ac147 and
/// before carry no number, and mean version 1.
package enum WorkerProtocol {
    /// The version that this build sends.
    package static let current = 1
    /// The versions that this build understands.
    package static let supported = 1...1

    /// The version of a message that carries `number`.
    package static func version(_ number: Int?) -> Int { number ?? 1 }
}
