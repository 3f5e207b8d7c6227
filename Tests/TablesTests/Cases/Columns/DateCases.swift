import Testing

@testable import Tables

@Suite("A column of dates")
struct DateCases {
    /// A moment of the year 2018, other ones in other rows.
    struct Moment {
        let row: Int
        var month: Int { row * 5 % 12 + 1 }
        var day: Int { row * 11 % 28 + 1 }
        var hour: Int { row * 7 % 24 }
        var half: String { hour > 11 ? "PM" : "AM" }
        var clock: Int { hour % 12 == 0 ? 12 : hour % 12 }

        func name(_ names: String) -> String { names.split(separator: " ").map(String.init)[month - 1] }
    }

    private static let two = Writing.padded
    private static let short = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"
    private static let long =
        "January February March April May June July August September October November December"

    private static func moment(_ name: String, _ write: @escaping @Sendable (Moment) -> String) -> Writing {
        Writing(name) { write(Moment(row: $0)) }
    }

    static let hours = [
        moment("ISO with a T") { "2018-\(two($0.month))-\(two($0.day))T\(two($0.hour)):30:00" },
        moment("ISO with Z") { "2018-\(two($0.month))-\(two($0.day))T\(two($0.hour)):30:00Z" },
        moment("ISO with a zone") { "2018-\(two($0.month))-\(two($0.day)) \(two($0.hour)):30:00+02:00" },
        moment("ISO with milliseconds") { "2018-\(two($0.month))-\(two($0.day)) \(two($0.hour)):30:00.000" },
        moment("points") { "\(two($0.day)).\(two($0.month)).2018 \(two($0.hour)):30" },
        moment("slashes, day first") { "\($0.day)/\($0.month)/2018 \($0.hour):30" },
        moment("slashes, month first") { "\($0.month)/\($0.day)/2018 \($0.hour):30" },
        moment("a clock of 12 hours") { "\($0.month)/\($0.day)/2018 \($0.clock):30:00 \($0.half)" },
        moment("a clock of 12 hours without a blank") { "\($0.month)/\($0.day)/18 \($0.clock):30\($0.half)" },
        moment("a mail's date") {
            "\"Mon, \(two($0.day)) \($0.name(short)) 2018 \(two($0.hour)):30:00 +0000\""
        },
        moment("an Apache log's") { "\(two($0.day))/\($0.name(short))/2018:\(two($0.hour)):30:00 +0000" },
        moment("a time alone") { "\(two($0.hour)):30" },
        moment("a time with seconds") { "\(two($0.hour)):30:00" },
        moment("a time of 12 hours") { "\($0.clock):30 \($0.half)" },
    ]

    @Test("gives the hour of the day", arguments: hours)
    func hour(_ writing: Writing) throws {
        let csv = CaseTable.text("logged,warmth,flow", rows: 120) { row in
            "\(writing.write(row)),\(row % 13),\(row * 7 % 24 * 40 + row % 5)"
        }
        let table = try CaseTable(csv)
        #expect(table.target == "flow")
        #expect(table.numbers("logged_hour") == CaseTable.column(120) { $0 * 7 % 24 })
        #expect(table.numbers("logged_minute_of_day")?.first == 30)
        #expect(table.says("column \"logged\" has"))
    }

    static let days = [
        moment("ISO") { "2018-\(two($0.month))-\(two($0.day))" },
        moment("year first with slashes") { "2018/\(two($0.month))/\(two($0.day))" },
        moment("without separators") { "2018\(two($0.month))\(two($0.day))" },
        moment("points") { "\(two($0.day)).\(two($0.month)).2018" },
        moment("points and short years") { "\(two($0.day)).\(two($0.month)).18" },
        moment("slashes and short years") { "\($0.month)/\($0.day)/18" },
        moment("short names") { "\($0.day)-\($0.name(short))-18" },
        moment("capital names") { "\(two($0.day))\($0.name(short).uppercased())2018" },
        moment("full names") { "\"\($0.name(long)) \($0.day), 2018\"" },
        moment("ordinals") { "\($0.day)th \($0.name(long)) 2018" },
        moment("Sept") { "\"\($0.name(short.replacing("Sep", with: "Sept"))) \($0.day), 2018\"" },
        moment("German names") {
            "\($0.day). "
                + $0.name(
                    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
                )
                + " 2018"
        },
        moment("French names") {
            "\($0.day) "
                + $0.name(
                    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
                )
                + " 2018"
        },
        moment("Spanish names") {
            "\($0.day) de "
                + $0.name(
                    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
                )
                + " de 2018"
        },
        moment("Portuguese names") {
            "\($0.day) de "
                + $0.name(
                    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
                )
                + " de 2018"
        },
        moment("Italian names") {
            "\($0.day) "
                + $0.name(
                    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
                )
                + " 2018"
        },
        moment("short German names") {
            "\($0.day)-\($0.name("Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez"))-2018"
        },
    ]

    @Test("gives month and day", arguments: days)
    func day(_ writing: Writing) throws {
        let csv = CaseTable.text("logged,warmth,flow", rows: 120) { row in
            "\(writing.write(row)),\(row % 13),\(row * 40 + row % 5)"
        }
        let table = try CaseTable(csv)
        #expect(table.numbers("logged_month") == CaseTable.column(120) { $0 * 5 % 12 + 1 })
        #expect(table.numbers("logged_day") == CaseTable.column(120) { $0 * 11 % 28 + 1 })
        #expect(table.numbers("logged_year") == nil)
    }

    static let months = [
        Writing("year and month") { "\(2009 + $0 % 8)-\(two($0 * 5 % 12 + 1))" },
        Writing("month name and year") { "\(Moment(row: $0).name(short))-\(2009 + $0 % 8)" },
        Writing("month name and short year") { "\(Moment(row: $0).name(short))-\(two(9 + $0 % 8))" },
        Writing("month and year") { "\(two($0 * 5 % 12 + 1))/\(2009 + $0 % 8)" },
        Writing("Eurostat's months") { "\(2009 + $0 % 8)M\(two($0 * 5 % 12 + 1))" },
    ]

    @Test("may have months", arguments: months)
    func month(_ writing: Writing) throws {
        let csv = CaseTable.text("month,flow", rows: 96) { "\(writing.write($0)),\($0 * 40 + $0 % 5)" }
        let table = try CaseTable(csv)
        #expect(table.numbers("month_month") == CaseTable.column(96) { $0 * 5 % 12 + 1 })
        #expect(table.numbers("month_year") == CaseTable.column(96) { 2009 + $0 % 8 })
    }

    static let quarters = [
        Writing("2011Q3") { "\(2009 + $0 % 8)Q\($0 % 4 + 1)" },
        Writing("2011-Q3") { "\(2009 + $0 % 8)-Q\($0 % 4 + 1)" },
        Writing("Q3 2011") { "Q\($0 % 4 + 1) \(2009 + $0 % 8)" },
        Writing("2011 q3") { "\(2009 + $0 % 8) q\($0 % 4 + 1)" },
    ]

    @Test("may have quarters", arguments: quarters)
    func quarter(_ writing: Writing) throws {
        let csv = CaseTable.text("quarter,flow", rows: 96) { "\(writing.write($0)),\($0 * 40 + $0 % 5)" }
        let table = try CaseTable(csv)
        #expect(table.numbers("quarter_month") == CaseTable.column(96) { $0 % 4 * 3 + 1 })
    }

    @Test("may have weeks", arguments: ["2014-W%", "2014W%"])
    func week(_ form: String) throws {
        let csv = CaseTable.text("week,flow", rows: 50) { row in
            "\(form.replacing("%", with: Writing.padded(row + 1))),\(row * 40 + row % 5)"
        }
        #expect(try CaseTable(csv).numbers("week_elapsed")?.prefix(3) == [0, 7, 14])
    }

    @Test("may count seconds or milliseconds since 1970", arguments: ["", "000"])
    func epoch(_ zeros: String) throws {
        let csv = CaseTable.text("created_at,b,flow", rows: 96) { row in
            "\(1_577_836_800 + row * 3_600)\(zeros),\(row % 7),\(row % 24 * 40 + row % 5)"
        }
        let table = try CaseTable(csv)
        #expect(table.numbers("created_at_hour") == CaseTable.column(96) { $0 % 24 })
    }

    @Test("in order of time comes with a word on the split")
    func order() throws {
        let csv = CaseTable.text("logged,flow", rows: 96) { row in
            "2018-03-\(Writing.padded(row / 24 + 1)) \(Writing.padded(row % 24)):00,\(row * 3)"
        }
        #expect(try CaseTable(csv).says("holdout=time"))
    }
}
