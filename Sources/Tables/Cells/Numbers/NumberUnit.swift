/// Which texts before and behind digits leave them a number.
enum NumberUnit {
    /// Currencies, longest first, and signs for "about".
    static let prefixes: [String] =
        ["$", "€", "£", "¥", "₹", "₽", "₩", "₪", "₺", "₴", "₫", "₱", "฿", "₦", "~", "≈"]
        .reduce(into: codes) { $0.append($1) }
        .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }

    private static let codes = [
        "US$", "US $", "A$", "AU$", "C$", "CA$", "NZ$", "HK$", "S$", "NT$", "MX$", "R$", "USD", "EUR", "GBP",
        "CHF", "JPY", "CNY", "RMB", "INR", "RUB", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK",
        "HUF", "TRY", "BRL", "MXN", "ZAR", "KRW", "SGD", "HKD", "THB", "IDR", "AED", "SAR", "NGN", "KES",
        "Rs.", "Rs", "Rp", "Fr.", "kr", "kr.",
    ]

    /// Units that may be written without a blank even where a column has few different numbers, so that "2GB" and "4GB"
    /// are numbers but "2WD" and "4WD" are names.
    static let usual: Set<String> = [
        "%", "‰", "°", "°C", "°F", "C", "F", "+", "kg", "g", "mg", "lb", "lbs", "oz", "t", "km", "m", "cm",
        "mm", "nm", "mi", "ft", "in", "yd", "s", "ms", "sec", "secs", "min", "mins", "h", "hr", "hrs",
        "days", "yrs", "yr", "kW", "kw", "W", "hp", "HP", "bhp", "kWh", "V", "mAh", "cc", "CC", "L", "l",
        "ml", "mL", "cl", "dl", "kB", "KB", "MB", "GB", "TB", "Hz", "kHz", "MHz", "GHz", "px", "pt", "k",
        "K", "M", "MM", "B", "bn", "mph", "kmh", "km/h", "m/s", "kmpl", "km/kg", "mpg", "dB", "ppm", "bps",
        "mg/dL", "€", "$", "£", "¥", "kr", "zł", "USD", "EUR", "inches", "\"", "″",
    ]

    /// Ends that make a number an ordinal, a time of the day, a date or a range.
    private static let refused: Set<String> = [
        "st", "nd", "rd", "th", "am", "pm", "a.m.", "p.m.", "a.m", "p.m", "more", "or more", "or less",
        "and over", "and above", "and under", "plus", "and up", "or older", "jan", "feb", "mar", "apr",
        "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "january", "february", "march",
        "april", "june", "july", "august", "september", "october", "november", "december", "wd", "d", "x",
    ]

    /// The largest length of a unit in bytes.
    static let reach = 24

    /// Whether `text`, which stands behind digits, may be a unit.
    static func isUnit(_ text: String) -> Bool {
        guard text.utf8.count <= reach, !text.isEmpty else { return false }
        if usual.contains(text) { return true }
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, isLetter(first) || "%°+".unicodeScalars.contains(first),
            scalars.count > 1 || first.value >= 0x80
        else { return false }
        for (index, scalar) in scalars.enumerated().dropFirst() where !isLetter(scalar) {
            // The power in "kg/m3" and "ft2"; other digits make a text such as "12h30".
            let isPower = index == scalars.count - 1 && "23".unicodeScalars.contains(scalar)
            guard
                isPower && "mtn^".unicodeScalars.contains(scalars[index - 1])
                    || " ./%°²³^".unicodeScalars.contains(scalar)
            else { return false }
        }
        return !refused.contains(text.lowercased())
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value | 0x20 &- 97 < 26 || scalar == "$" }
        return scalar.properties.isAlphabetic || scalar.properties.generalCategory == .currencySymbol
    }
}
