package import Foundation

/// Messages of one topic that were dropped, or that came together.
package struct MessageCount: Equatable, Sendable {
    /// The name of the posts' topic; empty for messages that are no posts.
    package var topic: String
    package var count: Int
    package var first: Date
    package var last: Date

    package init(topic: String, count: Int, first: Date, last: Date) {
        (self.topic, self.count, self.first, self.last) = (topic, count, first, last)
    }
}
