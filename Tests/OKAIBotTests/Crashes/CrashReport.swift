import Foundation
import Support

/// The results of crash tests: counts of what happened, and the violated guarantees.
struct CrashReport: Sendable {
    var tests = 0
    var botKills = 0
    var workerKills = 0
    /// How often a worker was seen with open files of its job.
    var observations = 0
    /// How often the bot started a job again because its worker was lost.
    var rescues = 0
    var runs = 0
    /// The number of runs by final state.
    var ends: [String: Int] = [:]
    var posts = 0
    /// Posts that were dropped because only so much is kept for a closed chat.
    var dropped = 0
    /// Posts that came in a file with others.
    var gathered = 0
    /// Sends without an answer, which may have been carried out.
    var unansweredSends = 0
    /// Messages that came more than once.
    var repeated = 0
    /// Messages that count as sent although none of their sends was answered.
    var unconfirmed = 0
    /// Violated guarantees, each with its seed.
    var violations: [String] = []

    static func += (left: inout CrashReport, right: CrashReport) {
        left.tests += right.tests
        left.botKills += right.botKills
        left.workerKills += right.workerKills
        left.observations += right.observations
        left.rescues += right.rescues
        left.runs += right.runs
        left.ends.merge(right.ends, uniquingKeysWith: +)
        left.posts += right.posts
        left.dropped += right.dropped
        left.gathered += right.gathered
        left.unansweredSends += right.unansweredSends
        left.repeated += right.repeated
        left.unconfirmed += right.unconfirmed
        left.violations += right.violations
    }
}

extension CrashReport: CustomStringConvertible {
    var description: String {
        let ends = ends.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return """
            \(tests) crash tests: the bot killed \(botKills) times, workers \(workerKills) times, \
            workers observed \(observations) times; \
            \(runs) runs (\(ends)), \(rescues) rescues; \(posts) posts \
            (\(dropped) dropped and told, \(gathered) in files); \
            \(unansweredSends) sends without an answer, \(repeated) messages that came more than once, \
            \(unconfirmed) unconfirmed; \
            \(violations.count) violated guarantees
            """
    }
}
