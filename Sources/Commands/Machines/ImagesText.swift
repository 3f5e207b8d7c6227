import Contract
import Foundation
import Store
import Telegram

/// Texts about images of virtual machines.
enum ImagesText {
    static let noCommand = Answer("This bot has no command to build images. " + noCommandAdvice)

    private static let noCommandAdvice: HTMLText =
        "Its owner can set " + .code("OKAI_IMAGE_COMMAND") + ", for instance to "
        + .code("image/debian/build --worker .build/release/okai-worker") + "."

    static let revoked = "Machines of this image get no more jobs."
    static let unknown = "This image does not exist any more. /images lists the images."

    static func noImage(for engine: EngineName) -> Answer {
        Answer(
            "The engine \(engine) needs an image, and none was built yet. An admin can build one with /build; until then, "
                + "choose another engine."
        )
    }

    static func alreadyBuilding(_ run: RunID) -> Answer {
        Answer(
            "Run \(run) is building an image already, and only one can be built at a time. Wait for its end, or send "
                + "/cancel \(run)."
        )
    }

    static func built(_ image: ImageFile, run: RunID, policy: ChatPolicy) -> HTMLText {
        let place = policy.link(toImage: image.name) ?? image.name
        let head: HTMLText = .bold("Run \(run) built an image") + .plain(" · \(ByteCount(image.size))\n")
        return head + .code(place) + .plain("\nSHA-256\n") + .code(image.sha256)
    }

    static func list(_ images: [Image], role: Role?, policy: ChatPolicy, now: Date) -> Answer {
        guard !images.isEmpty else {
            return policy.build == nil ? noImagesNorCommand : noImages(for: role)
        }
        let text = images.reduce(HTMLText.bold("Images") + "\n") {
            $0 + "\n" + line($1, policy: policy, now: now)
        }
        let open = role == .admin ? images.filter { enrols($0, now: now) } : []
        let buttons = open.prefix(8).map {
            [InlineButton.action("🚫 No more jobs for \($0.name)", .revokeImage($0.id))]
        }
        return Answer(text, keyboard: buttons.isEmpty ? nil : InlineKeyboard(Array(buttons)))
    }

    private static let noImagesNorCommand = Answer(
        "There are no images yet, and this bot has no command to build one. " + noCommandAdvice
    )

    private static func noImages(for role: Role?) -> Answer {
        Answer(
            role == .admin
                ? "There are no images yet. /build makes one."
                : "There are no images yet. An admin can build one with /build."
        )
    }

    private static func line(_ image: Image, policy: ChatPolicy, now: Date) -> HTMLText {
        let days = Int(image.enrolsUntil.timeIntervalSince(now) / 86_400)
        let enrolment =
            enrols(image, now: now)
            ? "its machines get jobs for \(Phrase.count(days, "day"))" : "its machines get no jobs"
        let when = Phrase.ago(image.createdAt, now: now)
        let facts = "\(ByteCount(image.size)) · \(when) · run \(image.runID) · \(enrolment)"
        let place: HTMLText = .code(policy.link(toImage: image.name) ?? image.name)
        return place + .plain("\n\(facts)\nSHA-256 ") + .code(image.sha256)
    }

    private static func enrols(_ image: Image, now: Date) -> Bool {
        image.enrolmentHash != nil && image.enrolsUntil > now
    }
}
