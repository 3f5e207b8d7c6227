import Foundation
import Hummingbird

/// The route by which the web server Caddy asks whether a file is a published image.
///
/// Caddy asks before it serves the file.
///
/// Symbolic links are refused, because Caddy would follow them to any file.
struct ImageRoutes {
    /// The folder in which images are published.
    let folder: String

    func add(to router: Router<APIContext>) {
        router.get("v1/images/:name") { _, context in
            guard isImage(try context.parameters.require("name")) else { throw WebhookError.notFound }
            return Response(status: .noContent)
        }
    }

    private func isImage(_ name: String) -> Bool {
        guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*/) != nil else { return false }
        let path = "\(folder)/\(name)"
        // For a symbolic link, the attributes of the link itself; nil if there is no file at `path`.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType == .typeRegular
    }
}
