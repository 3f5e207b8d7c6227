import Foundation
import Support

/// Each accepted post came, alone or in a file with others, or the chat was told that it was dropped.
extension CrashInvariants {
    /// The `error` of the row of a post that came in a file with others.
    private static let inFile = "sent in a file with others"

    func checkArrivals(of posts: [CrashPost], _ report: inout CrashReport) throws {
        var dropped: [String: Int] = [:]
        for post in posts where !post.isVersion {
            let rows = try texts(
                """
                SELECT repeats || '|' || coalesce(error, '') FROM outbox
                WHERE kind = 'notification' AND payload LIKE '%\(post.text)%'
                """
            )
            switch rows.count {
            case 0: dropped[post.chat.topic, default: 0] += 1
            case 1: check(post, row: rows[0], &report)
            default: report.violations.append("\(post.text) is in the outbox \(rows.count) times")
            }
        }
        for chat in CrashChat.topics {
            let (lost, told) = (dropped[chat.topic] ?? 0, try toldDropped(chat))
            report.dropped += lost
            guard lost != told else { continue }
            report.violations.append("\(lost) posts of \(chat.topic) were dropped, and \(told) are told")
        }
    }

    private func check(_ post: CrashPost, row: String, _ report: inout CrashReport) {
        let parts = row.split(separator: "|", omittingEmptySubsequences: false)
        let (repeats, error) = (Int(parts[0]) ?? 0, parts.count > 1 ? String(parts[1]) : "")
        if error == Self.inFile {
            report.gathered += 1
            let files = documents(to: post.chat.chat).filter { arrival in
                arrival.file.map { String(decoding: $0, as: UTF8.self).contains(post.text) } ?? false
            }
            if files.isEmpty { report.violations.append("\(post.text) is in no file") }
            check(files, of: post, &report)
            return
        }
        let sends = calls.filter {
            $0.chat == post.chat.chat && $0.method.hasPrefix("send") && $0.text.hasSuffix(post.text)
        }
        count(post.text, came: sends.count, repeats: repeats, !error.isEmpty, &report)
        check(sends.compactMap { $0.messageID.flatMap { arrivals[$0] } }, of: post, &report)
    }

    private func check(_ arrivals: [BotAPIFake.Arrival], of post: CrashPost, _ report: inout CrashReport) {
        switch post.kind {
        case .file(let bytes):
            let isWhole = arrivals.allSatisfy { $0.file == bytes }
            if !isWhole { report.violations.append("\(post.text) came with another file, or without one") }
        case .delayed(let time):
            let isEarly = arrivals.contains { $0.at < time }
            if isEarly { report.violations.append("\(post.text) came before its time") }
        case .plain, .version: break
        }
    }

    private func documents(to chat: Int64) -> [BotAPIFake.Arrival] {
        calls.filter { $0.method == "sendDocument" && $0.chat == chat }.compactMap {
            $0.messageID.flatMap { arrivals[$0] }
        }
    }

    /// The number of posts of the topic that the chat was told were dropped.
    private func toldDropped(_ chat: CrashChat) throws -> Int {
        let payloads = try texts(
            "SELECT payload FROM outbox WHERE kind = 'reply' AND chatID = \(chat.chat) AND payload LIKE '% dropped,%'"
        )
        return try payloads.reduce(0) { sum, payload in
            let answer = try JSONDecoder().decode(JSONValue.self, from: Data(payload.utf8))
            let text = (answer["text"]?["runs"]?.array ?? []).compactMap { $0["text"]?.string }.joined()
            guard
                let list = text.split(separator: "only so much is kept: ").last?.split(separator: "UTC).")
                    .first,
                let match = list.firstMatch(
                    of: try Regex("\\b\(chat.topic) ([0-9]+) \\(", as: (Substring, Substring).self)
                )
            else { return sum }
            return sum + (Int(match.output.1) ?? 0)
        }
    }

    /// The last version of each message that was replaced is what the chat shows, once.
    func checkVersions(of posts: [CrashPost], _ report: inout CrashReport) throws {
        let versions = Dictionary(grouping: posts.filter(\.isVersion)) { $0.headers["X-Sequence-ID"] ?? "" }
        for (name, versions) in versions {
            let repeats = try texts(
                "SELECT repeats FROM outbox WHERE kind = 'notification' AND payload LIKE '%\(name) version%'"
            ).compactMap { Int($0) }.reduce(0, +)
            let shown = Dictionary(
                calls.filter { $0.chat == CrashChat.edited.chat && $0.text.contains("\(name) version") }
                    .compactMap { call in call.messageID.map { ($0, call.text) } },
                uniquingKeysWith: { $1 }
            )
            let last = versions.last?.text ?? ""
            if !shown.values.contains(where: { $0.contains(last) }) {
                report.violations.append("\(last) is not shown, but \(shown.values.sorted())")
            }
            if shown.count > 1 + repeats {
                report.violations.append(
                    "\(name) is \(shown.count) messages, with \(repeats) unanswered sends"
                )
            }
        }
    }
}
