/// How long a blob is asked for again while every aggregator answers that it does not exist.
///
/// An aggregator behind a cache may give that answer for a while after the blob was stored.
package struct Patience: Equatable, Sendable {
    /// The waits between the attempts.
    let pauses: [Duration]

    private init(seconds: [Double]) {
        pauses = seconds.map { .seconds($0) }
    }

    /// The first answer counts.
    package static let none = Patience(seconds: [])
    /// Three more attempts in 3.5 seconds, for a blob that may never have been on Walrus.
    package static let brief = Patience(seconds: [0.5, 1, 2])
    /// Ten more attempts in a minute, for a blob that was on Walrus.
    package static let minute = Patience(seconds: [0.5, 1, 2, 4, 6, 8, 8, 10, 10, 10])
}
