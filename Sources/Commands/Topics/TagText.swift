/// The tags of a post.
///
/// Well-known tags are shown as emoji, other tags as words.
enum TagText {
    /// The tags that ntfy's scripts use most (docs.ntfy.sh/emojis).
    private static let known = [
        "+1": "👍", "-1": "👎", "bell": "🔔", "boom": "💥", "bug": "🐛", "calendar": "📅",
        "chart_with_upwards_trend": "📈", "checkered_flag": "🏁", "cd": "💿", "computer": "💻", "eyes": "👀",
        "facepalm": "🤦", "fire": "🔥", "floppy_disk": "💾", "green_circle": "🟢", "hourglass": "⌛️",
        "heavy_check_mark": "✔️", "information_source": "ℹ️", "key": "🔑", "loudspeaker": "📢",
        "mailbox": "📫", "no_entry": "⛔️", "no_entry_sign": "🚫", "orange_circle": "🟠", "package": "📦",
        "partying_face": "🥳", "question": "❓", "red_circle": "🔴", "robot": "🤖", "rocket": "🚀",
        "rotating_light": "🚨", "skull": "💀", "sparkles": "✨", "tada": "🎉", "triangular_flag_on_post": "🚩",
        "warning": "⚠️", "white_check_mark": "✅", "x": "❌", "yellow_circle": "🟡", "zap": "⚡️",
    ]

    static func pictures(of tags: [String]) -> [String] { tags.compactMap { known[$0] } }
    static func words(of tags: [String]) -> [String] { tags.filter { known[$0] == nil } }
}
