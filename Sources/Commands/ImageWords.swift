import Contract
import Foundation
import Store
import Telegram

/// Images, as messages.
enum ImageWords {
    static let noCommand = Answer(
        .plain("This bot was not told how to build images. Set ") + .code("OKAI_IMAGE_COMMAND")
            + .plain(", for instance to ") + .code("image/debian/build --worker .build/release/okai-worker")
            + .plain(".")
    )

    static let revoked = "Machines of that image get no more jobs."
    static let unknown = "There is no such image."

    static func noImage(for engine: String) -> Answer {
        Answer(
            "There is no image yet that machines of engine \(engine) could boot. An admin makes one with /build."
        )
    }

    static func alreadyBuilding(_ run: Int64) -> Answer {
        Answer("Run \(run) is building an image already: one at a time. /cancel \(run) stops it.")
    }

    static func built(_ image: ImageFile, run: Int64, policy: ChatPolicy) -> HTMLText {
        let place = policy.link(toImage: image.name) ?? image.name
        let head: HTMLText = .bold("Run \(run) built an image") + .plain(" · \(ByteCount(image.size))\n")
        return head + .code(place) + .plain("\nSHA-256\n") + .code(image.sha256)
    }

    static func list(_ images: [Image], role: Role?, policy: ChatPolicy, now: Date) -> Answer {
        guard !images.isEmpty else { return Answer("No images yet. /build makes one.") }
        let text = images.reduce(HTMLText.bold("Images") + "\n") {
            $0 + "\n" + line($1, policy: policy, now: now)
        }
        let open = role == .admin ? images.filter { enrols($0, now: now) } : []
        let buttons = open.prefix(8).compactMap { image in
            image.id.map { [InlineButton.action("🚫 No more jobs for \(image.name)", .revoke($0))] }
        }
        return Answer(text, keyboard: buttons.isEmpty ? nil : InlineKeyboard(Array(buttons)))
    }

    private static func line(_ image: Image, policy: ChatPolicy, now: Date) -> HTMLText {
        let days = Int(image.enrolsUntil.timeIntervalSince(now) / 86_400)
        let enrolment = enrols(image, now: now) ? "its machines get jobs for \(days) days" : "gets no jobs"
        let when = Phrase.ago(image.createdAt, now: now)
        let facts = "\(ByteCount(image.size)) · \(when) · run \(image.runID) · \(enrolment)"
        let place: HTMLText = .code(policy.link(toImage: image.name) ?? image.name)
        return place + .plain("\n\(facts)\nSHA-256 ") + .code(image.sha256)
    }

    private static func enrols(_ image: Image, now: Date) -> Bool {
        image.enrolmentHash != nil && image.enrolsUntil > now
    }
}
