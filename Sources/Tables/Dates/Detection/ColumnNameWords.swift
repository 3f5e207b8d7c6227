/// What the words in a column's name say about its cells.
struct ColumnNameWords {
    private let words: [String]

    init(_ name: String) {
        words = NameWords(name).words.flatMap { $0.split { $0.isNumber }.map(String.init) }
    }

    /// Whether the cells may be days, months or times.
    var speaksOfTime: Bool { speaksOfMoments || words.contains { Self.ofTime.contains($0) } }

    /// Whether the cells may be moments, also as a number of seconds.
    var speaksOfMoments: Bool {
        words.last == "at"
            || words.contains { word in
                guard !Self.falseFriends.contains(word) else { return false }
                return Self.ofMoments.contains(word) || word.hasPrefix("date") || word.hasSuffix("date")
                    || word.hasPrefix("time") || word.hasSuffix("time") || word.hasPrefix("yyyy")
            }
    }

    var speaksOfDurations: Bool { words.contains { Self.ofDurations.contains($0) } }

    var speaksOfIDs: Bool { words.contains { Self.ofIDs.contains($0) } }

    private static let falseFriends: Set<String> = ["candidate", "mandate", "times", "lifetime", "runtime"]

    private static let ofMoments: Set<String> = [
        "dt", "ts", "when", "epoch", "unix", "utc", "gmt", "created", "updated", "modified", "posted",
        "published", "started", "ended", "since", "until", "opened", "closed", "joined", "released", "seen",
    ]

    private static let ofTime: Set<String> = [
        "day", "month", "period", "quarter", "week", "yearmonth", "start", "end", "departure", "arrival",
        "dep",
        "arr", "hour", "clock", "dob", "birth", "birthday", "born", "sunrise", "sunset", "bedtime", "wakeup",
        "fecha", "datum", "uhrzeit", "zeit", "heure", "hora", "jour", "dia", "data", "tag", "monat",
        "mois", "mes", "mese", "giorno", "maand", "dag", "dato", "tarih", "miesiąc", "месяц", "дата", "日期",
        "月份", "날짜",
    ]

    private static let ofDurations: Set<String> = [
        "duration", "elapsed", "lap", "laps", "pace", "split", "runtime", "length", "score", "result",
        "ratio",
        "odds", "minutes", "mins", "seconds", "record", "gap", "playtime", "latency", "lifetime", "mp", "toi",
    ]

    private static let ofIDs: Set<String> = [
        "id", "ids", "code", "key", "number", "no", "nr", "num", "zip", "fips", "sku", "version", "phone",
        "isbn",
    ]
}
