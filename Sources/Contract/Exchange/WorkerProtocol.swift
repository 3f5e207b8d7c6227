/// The version of the protocol between bot and worker, which launches, claims and event batches carry.
///
/// It is raised when bot and worker of different builds would misunderstand each other. Messages of commit 17ac147 and
/// before carry no version; they have version 1.
package enum WorkerProtocol {
    /// The version that this build sends.
    package static let current = 1
    /// The versions that this build understands.
    package static let supported = 1...1

    /// The version of a message whose field has the value `number`.
    package static func version(_ number: Int?) -> Int { number ?? 1 }
}
