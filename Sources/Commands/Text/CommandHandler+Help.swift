import Jobs
import Store

extension CommandHandler {
    func help(_ topic: HelpTopic) throws {
        try reply(reader.map { HelpText.page(topic, for: $0) } ?? strangerDenial)
    }

    /// Who reads the answer, and where; nil for a person who is not on the list.
    var reader: HelpText.Reader? {
        let place: HelpText.Reader.Place =
            policy.botName == nil ? .terminal : update.isPrivate ? .privateChat : .group
        return access.role.map { HelpText.Reader(role: $0, place: place) }
    }
}
