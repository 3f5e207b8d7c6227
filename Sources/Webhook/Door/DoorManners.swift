import HTTPTypes
import Hummingbird

/// How a ``Door`` answers for the routes: as the bot, or as Walrus' own daemon does.
package struct DoorManners: Sendable {
    /// Whether pages of other sites may read the answers of a path, which is nil where there is no route.
    let isCrossOrigin: @Sendable (RouteTable.Entry?) -> Bool
    /// The answer to OPTIONS.
    let preflight: @Sendable (RouteTable.Entry) -> Response
    let refuse: @Sendable (WebhookError) throws -> Response

    /// Pages in browsers may post to topics, as to ntfy's.
    ///
    /// The bot's other routes are for programs.
    package static let bot = DoorManners(
        isCrossOrigin: { $0?.isOfTopic ?? false },
        preflight: { entry in
            let methods = (entry.methods + [.options]).map(\.rawValue).joined(separator: ", ")
            var headers: HTTPFields = [.allow: methods]
            if entry.isOfTopic {
                headers[.accessControlAllowMethods] = methods
                headers[.accessControlAllowHeaders] = "*"
                headers[.accessControlMaxAge] = "86400"
            }
            return Response(status: .noContent, headers: headers)
        },
        refuse: { try .refusal($0) }
    )

    /// Walrus' daemon lets every page use it, and refuses other methods without a body.
    package static let walrus = DoorManners(
        isCrossOrigin: { _ in true },
        preflight: { _ in
            let headers: HTTPFields = [.accessControlAllowMethods: "*", .accessControlAllowHeaders: "*"]
            return Response(status: .ok, headers: headers)
        },
        refuse: { Response(status: $0.status) }
    )
}
