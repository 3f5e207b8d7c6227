/// The version of the protocol between bot and worker.
///
/// Each launch, claim and event batch contains the version.
///
/// A new version is needed when a bot and a worker of different builds would misunderstand each other. Messages of
/// commit 17ac147 and earlier contain no version, which means version 1.
package enum WorkerProtocol {
    /// The version that this build sends.
    ///
    /// A worker of version 1 would ignore the settings of columns, thousands and test rows, such as `ignore`, `types`
    /// and `holdout`, and train another model.
    package static let current = 2
    /// The versions that this build understands.
    package static let supported = 2...2

    /// The version of a message whose `protocolVersion` is `number`.
    package static func version(_ number: Int?) -> Int { number ?? 1 }
}
