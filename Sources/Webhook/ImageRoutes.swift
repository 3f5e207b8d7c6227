import Foundation
import Hummingbird

/// Says of a name whether it is an image to hand out; the bytes are handed out by Caddy, which asks here first.
///
/// A link is none: Caddy would follow it to anywhere.
struct ImageRoutes {
    /// Where images are published.
    let folder: String

    func add(to router: Router<DoorContext>) {
        router.get("v1/images/:name") { _, context in
            guard isImage(try context.parameters.require("name")) else { throw WebhookError.notFound }
            return Response(status: .noContent)
        }
    }

    private func isImage(_ name: String) -> Bool {
        guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*/) != nil else { return false }
        // Of a link these are the link's own attributes.
        let path = "\(folder)/\(name)"
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)  // nil: not there
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }
}
