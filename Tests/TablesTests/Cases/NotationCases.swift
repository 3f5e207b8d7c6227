import Testing

@testable import Tables

@Suite("Numbers written in another way")
struct NotationCases {
    static let writings = [
        Writing("dollars and cents") { "\"$\(Writing.grouped($0, ",")).00\"" },
        Writing("pounds") { "\"£\(Writing.grouped($0, ","))\"" },
        Writing("yen") { "¥\($0)" },
        Writing("rupees") { "\"Rs. \(Writing.grouped($0, ","))\"" },
        Writing("Swiss francs") { "CHF \(Writing.grouped($0, "'"))" },
        Writing("a code behind") { "\"\(Writing.grouped($0, ",")) USD\"" },
        Writing("euros behind") { "\($0) €" },
        Writing("euros, points and a decimal comma") { "\"\(Writing.grouped($0, ".")),00 €\"" },
        Writing("reals") { "\"R$ \(Writing.grouped($0, ".")),00\"" },
        Writing("roubles") { "\($0) ₽" },
        Writing("złoty") { "\($0) zł" },
        Writing("kronor") { "\($0) kr" },
        Writing("kilograms") { "\($0) kg" },
        Writing("centimetres without a blank") { "\($0)cm" },
        Writing("kilometres per hour") { "\($0) km/h" },
        Writing("square metres") { "\($0) m²" },
        Writing("years") { "\($0) \($0 == 1 ? "year" : "years")" },
        Writing("degrees") { "\($0)°C" },
        Writing("thousands as K") { "\($0)K" },
        Writing("a no-break space behind") { "\($0)\u{A0}" },
        Writing("a no-break space before") { "\u{A0}\($0)" },
        Writing("a narrow no-break space behind") { "\($0)\u{202F}" },
        Writing("an ideographic space behind") { "\($0)\u{3000}" },
        Writing("a tab behind") { "\($0)\t" },
        Writing("some asterisks") { "\($0)\($0 % 5 == 0 ? "*" : "")" },
        Writing("some daggers") { "\($0)\(["", "†", "‡"][$0 % 3])" },
        Writing("some notes in brackets") { "\($0)\($0 % 4 == 0 ? "[2]" : "")" },
        Writing("some superscripts") { "\($0)\($0 % 4 == 0 ? "¹" : "")" },
        Writing("an exponent") { "\($0).0e0" },
        Writing("a plus sign") { "+\($0)" },
    ]

    @Test("are numbers", arguments: writings)
    func numbers(_ writing: Writing) throws {
        let csv = CaseTable.text("worth,rooms,y", rows: 54) { row in
            "\(writing.write(row * 113)),\(row % 5 + 1),\(row * 113)"
        }
        let table = try CaseTable(csv)
        #expect(table.numbers("worth") == CaseTable.column(54) { $0 * 113 })
    }

    static let minuses = [
        Writing("U+2212") { "\u{2212}\($0)" },
        Writing("an en dash") { "\u{2013}\($0)" },
        Writing("parentheses") { "(\($0))" },
        Writing("parentheses and a currency") { "($\($0))" },
        Writing("a minus before the currency") { "-$\($0)" },
        Writing("a minus and a unit") { "-\($0) kg" },
    ]

    @Test("may have another minus", arguments: minuses)
    func minus(_ writing: Writing) throws {
        let example = writing.write(1)
        let before = example.contains("$") ? "$" : ""
        let behind = example.hasSuffix("kg") ? " kg" : ""
        let csv = CaseTable.text("gain,rooms,y") { row in
            let cell = row % 2 == 0 ? "\(before)\(row * 71)\(behind)" : writing.write(row * 71)
            return "\(cell),\(row % 5),\(row * 3)"
        }
        let table = try CaseTable(csv)
        #expect(table.numbers("gain") == CaseTable.column(48) { $0 % 2 == 0 ? $0 * 71 : $0 * -71 })
    }

    @Test("in different units are left out for this reason")
    func differentUnits() throws {
        let csv = CaseTable.text("size,part,y") {
            "\($0 * 7 + 1)\(["K", "M", "B"][$0 % 3]),\($0 % 5),\($0 * 3)"
        }
        let table = try CaseTable(csv)
        #expect(!table.says("size", "name rows"))
    }

    @Test("that only look like numbers are texts", arguments: ["2WD", "3rd", "12-14", "A4", "10.0.0.1"])
    func noNumbers(_ text: String) throws {
        let other =
            ["2WD": "4WD", "3rd": "4th", "12-14": "15-17", "A4": "A5", "10.0.0.1": "10.0.0.2"][text] ?? ""
        let csv = CaseTable.text("a,b,y") { "\([text, other][$0 % 2]),\($0 % 5),\($0 * 3)" }
        #expect(try CaseTable(csv).categories("a") == [text, other].sorted())
    }
}
