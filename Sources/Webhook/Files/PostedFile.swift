import Jobs
import Store

extension TopicPost {
    /// Adds the file to the post, and ntfy's words if the post has no message.
    mutating func attach(_ file: AttachmentWriter.Stored, named given: String?, message: String?) {
        let type = FileType(head: file.head)
        let name = FileName.make(given, type: type)
        attachment = Attachment(place: .stored(file.name), name: name, type: type.rawValue, size: file.size)
        if let message, !message.isEmpty {
            text = message
        } else {
            text = "You received a file: \(name)"
        }
    }
}
