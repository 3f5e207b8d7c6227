import Support
import Testing

@testable import Tables

/// Detects the format of `texts`, each in one cell.
private func detect(_ texts: [String], name: String = "x") -> DateDetection? {
    DateFormat.detect(texts.map { ($0, 1) }, name: name)
}

/// Reads `text` in this format.
private func read(_ text: String, _ format: DateFormat) -> Double? {
    let bytes = Array(text.utf8)
    return format.seconds(bytes.span, 0..<bytes.count)
}

/// Seconds from 1970-01-01 to a day and a time.
private func moment(_ year: Int, _ month: Int, _ day: Int, _ time: Double = 0) throws -> Double {
    Double(try #require(CivilDay.days(year, month, day))) * 86_400 + time
}

@Suite("Formats of dates")
struct DateFormatTests {
    /// A column, and the day and time of its first cell.
    struct Kind: Sendable, CustomTestStringConvertible {
        let texts: [String]
        var day = (2021, 11, 24)
        var time = 0.0
        var name = "x"
        var testDescription: String { texts.first ?? "empty" }
    }

    @Test(
        "a column of dates is recognised, and its first cell read",
        arguments: [
            Kind(texts: ["2021-11-24", "2020-02-29"]),
            Kind(texts: ["2021/11/24", "2020/2/9"]),
            Kind(texts: ["2021.11.24", "2020.02.09"]),
            Kind(texts: ["2021-11-24 06:30", "2020-02-29 23:59"], time: 23_400),
            Kind(texts: ["2021-11-24 06:30:15", "2020-02-29"], time: 23_415),
            Kind(texts: ["2021-11-24T06:30:15Z", "2020-02-29T00:00:00Z"], time: 23_415),
            Kind(texts: ["2021-11-24T06:30:15.25+05:30", "2020-02-29T00:00:00.5-08:00"], time: 23_415.25),
            Kind(texts: ["2021-11-24 06:30:15 UTC", "2020-02-29 00:00:00 UTC"], time: 23_415),
            Kind(texts: ["2021-11-24T06", "2020-02-29T23"], time: 21_600),
            Kind(texts: ["24.11.2021", "9.2.2020"]),
            Kind(texts: ["24-11-2021", "09-02-2020"]),
            Kind(texts: ["24/11/2021 06:30", "09/02/2020 18:00"], time: 23_400),
            Kind(texts: ["11/24/2021", "2/9/2020"]),
            Kind(texts: ["11/24/21", "2/9/20"]),
            Kind(texts: ["24.11.21", "09.02.20", "10.02.20", "11.02.20", "12.02.20"]),
            Kind(texts: ["11/24/2021 6:30 PM", "2/9/2020 12:00 AM"], time: 66_600),
            Kind(texts: ["11/24/2021, 6:30:15 p.m.", "2/9/2020, 12:00:00 a.m."], time: 66_615),
            Kind(texts: ["11/24/21 12:05AM", "2/9/20 1:05PM"], time: 300),
            Kind(texts: ["21-11-24", "21-11-25", "21-11-26", "21-12-01", "21-12-02"], name: "date"),
            Kind(texts: ["24 November 2021", "9 Feb 2020"]),
            Kind(texts: ["24th November 2021", "1st May 2020"]),
            Kind(texts: ["November 24, 2021", "May 9, 2020"]),
            Kind(texts: ["Nov. 24, 2021", "Sept. 9, 2020"]),
            Kind(texts: ["24-Nov-21", "09-Feb-20"]),
            Kind(texts: ["24NOV2021", "09FEB2020"]),
            Kind(texts: ["24NOV2021:06:30:15", "09FEB2020:00:00:00"], time: 23_415),
            Kind(texts: ["24/Nov/2021:06:30:15 +0100", "09/Feb/2020:00:00:00 +0100"], time: 23_415),
            Kind(texts: ["Wed, 24 Nov 2021", "Sun, 9 Feb 2020"]),
            Kind(texts: ["Wednesday, November 24, 2021", "Sunday, February 9, 2020"]),
            Kind(texts: ["Wed, 24 Nov 2021 06:30:15 GMT", "Sun, 9 Feb 2020 00:00:00 GMT"], time: 23_415),
            Kind(texts: ["Wed Nov 24 06:30:15 2021", "Sun Feb  9 00:00:00 2020"], time: 23_415),
            Kind(texts: ["Wed Nov 24 06:30:15 +0000 2021", "Sun Feb 09 00:00:00 +0000 2020"], time: 23_415),
            Kind(texts: ["2021-Nov-24", "2020-Feb-09"]),
            Kind(texts: ["06:30:15 24 Nov 2021", "00:00:00  9 Feb 2020"], time: 23_415),
            Kind(texts: ["20211124", "20200209"], name: "order_date"),
            Kind(texts: ["11242021", "02092020"], name: "Date"),
            Kind(texts: ["20211124T063015", "20200209T000000"], time: 23_415),
            Kind(texts: ["20211124063015", "20200209000000"], time: 23_415),
            Kind(texts: ["2021-11", "2020-02"], day: (2021, 11, 1)),
            Kind(texts: ["2021M11", "2020M02"], day: (2021, 11, 1), name: "period"),
            Kind(texts: ["11/2021", "2/2020"], day: (2021, 11, 1)),
            Kind(texts: ["November 2021", "May 2020"], day: (2021, 11, 1)),
            Kind(texts: ["Nov-21", "Dec-21", "Jan-22"], day: (2021, 11, 1)),
            Kind(texts: ["2021, November", "2020, May"], day: (2021, 11, 1)),
            Kind(texts: ["2021Q4", "2020Q1"], day: (2021, 10, 1)),
            Kind(texts: ["2021-Q4", "2020-Q1"], day: (2021, 10, 1)),
            Kind(texts: ["Q4 2021", "Q1 2020"], day: (2021, 10, 1)),
            Kind(texts: ["4Q2021", "1Q2020"], day: (2021, 10, 1)),
            Kind(texts: ["2021-W47", "2020-W01"], day: (2021, 11, 22)),
            Kind(
                texts: ["06:30", "14:05", "23:59", "00:10", "9:15"],
                day: (1970, 1, 1),
                time: 23_400,
                name: "time"
            ),
            Kind(texts: ["6:30 PM", "2:05 AM"], day: (1970, 1, 1), time: 66_600),
            Kind(texts: ["06.30.15", "14.05.00"], day: (1970, 1, 1), time: 23_415, name: "Time"),
            Kind(texts: ["1637735415", "1581206400"], time: 23_415, name: "created_at"),
            Kind(texts: ["1637735415000", "1581206400000"], time: 23_415, name: "Timestamp"),
        ]
    )
    func kinds(_ kind: Kind) throws {
        let detection = try #require(detect(kind.texts, name: kind.name))
        #expect(detection.odd == 0 && !detection.isGuess)
        let expected = try moment(kind.day.0, kind.day.1, kind.day.2, kind.time)
        #expect(read(kind.texts[0], detection.format) == expected)
    }

    /// Texts that are no dates, and the name of their column.
    struct Other: Sendable, CustomTestStringConvertible {
        let texts: [String]
        var name = "x"
        var testDescription: String { texts.first ?? "empty" }
    }

    @Test(
        "other texts with numbers are no dates",
        arguments: [
            Other(texts: ["2003", "2004", "2005"], name: "date"),
            Other(texts: ["2008-09", "2009-10", "2010-11"], name: "season"),
            Other(texts: ["2008/09", "2009/10", "2010/11"], name: "season"),
            Other(texts: ["Mar 12", "Apr 25", "Apr 12", "May 02"], name: "day"),
            Other(texts: ["09:00-12:00", "10:00-14:00"], name: "time"),
            Other(texts: ["1-2", "3-1", "0-0"], name: "score"),
            Other(texts: ["10-19", "20-29", "30-39"], name: "age"),
            Other(texts: ["1/2", "3/4", "7/8"]),
            Other(texts: ["555-0134", "555-0187"], name: "phone"),
            Other(texts: ["212-55-0134", "212-55-0187"], name: "ssn"),
            Other(texts: ["1.10.2", "1.9.12", "2.0.0"], name: "version"),
            Other(texts: ["1.10.12", "1.09.10", "2.01.11", "2.2.10", "3.1.10"], name: "version"),
            Other(texts: ["01.10.22", "02.09.15", "02.11.30", "03.01.31", "04.02.17"]),
            Other(texts: ["10.0.0.1", "10.0.0.12"], name: "ip"),
            Other(texts: ["1:23.456", "1:24.001"], name: "time"),
            Other(texts: ["3:45", "4:02", "2:59", "5:13"]),
            Other(texts: ["31:12", "29:59", "40:00"], name: "time"),
            Other(texts: ["02:31:07", "02:35:59", "03:01:30"], name: "duration"),
            Other(texts: ["20191399", "20190007", "20192040"], name: "date"),
            Other(texts: ["20190307", "20190308"], name: "customer_id"),
            Other(texts: ["1500000000", "2100000000", "900000000"], name: "budget"),
            Other(texts: ["1637735415", "12"], name: "created_at"),
            Other(texts: ["January", "February", "May"], name: "month"),
            Other(texts: ["14-Oct", "9-May", "2-Jan"], name: "size"),
            Other(texts: ["Mon", "Tue", "Wed"], name: "weekday"),
            Other(texts: ["2,192,098", "674,306"]), Other(texts: ["12.50", "3.75"], name: "date"),
            Other(texts: ["2021-02-30", "2021-13-01"]), Other(texts: ["T1", "T2"]), Other(texts: [""]),
            Other(texts: [], name: "date"),
        ]
    )
    func others(_ other: Other) {
        #expect(detect(other.texts, name: other.name) == nil)
    }

    @Test("a cell tells whether day or month is first")
    func order() throws {
        let dayFirst = try #require(detect(["3/4/2019", "25/12/2019"]))
        #expect(dayFirst.format.layout == .dayMonthYear)
        #expect(dayFirst.note == "day first, as in 25/12/2019")
        let monthFirst = try #require(detect(["3/4/2019", "12/25/2019"]))
        #expect(monthFirst.note == "month first, as in 12/25/2019")
        #expect(!dayFirst.isGuess && !monthFirst.isGuess)
    }

    @Test("where no cell tells the order, month first is a guess")
    func guess() throws {
        let detection = try #require(detect(["3/4/2019", "1/12/2018", "5/5/2020"]))
        #expect(detection.format.layout == .monthDayYear && detection.isGuess)
        #expect(detection.note == "month first, as pandas reads it: no cell tells")
        let points = try #require(detect(["3.4.2019", "1.12.2018", "5.5.2020"]))
        #expect(points.format.layout == .dayMonthYear && points.isGuess)
    }

    @Test("rows in order of time, or a number that is always 1, tell the order")
    func orderOfRows() throws {
        let sorted = try #require(detect(["10/1/2019", "11/1/2019", "2/2/2019", "7/2/2019", "1/3/2019"]))
        #expect(sorted.format.layout == .dayMonthYear && !sorted.isGuess)
        #expect(sorted.note == "day first, because the rows are then in order of time")
        let months = try #require(detect(["01/11/2019", "01/04/2018", "01/07/2019", "01/02/2018"]))
        #expect(months.format.layout == .dayMonthYear && !months.isGuess)
    }

    @Test("few odd cells are counted, and many make the column text")
    func odd() throws {
        let dates = (1...28).map { "2019-02-\($0)" }
        let detection = try #require(detect(dates + ["unknown", "2019-02-29"]))
        #expect(detection.fitting == 28 && detection.odd == 2)
        #expect(detect(dates + (0..<9).map { "no \($0)" }) == nil)
        #expect(DateFormat.detect([("2019-02-01", 3), ("none", 9)], name: "date") == nil)
    }

    @Test("a word in many cells does not hide the dates, and bytes of a file are read as texts are")
    func weights() throws {
        let dates = (0..<150).map { "2019-0\(1 + $0 % 9)-\(10 + $0 / 9)" }
        let texts = [("unknown", 12)] + dates.map { ($0, 1) }
        #expect(DateFormat.detect(texts, name: "x")?.odd == 12)
        let file = Array("2019-02-01,2019-02-03".utf8)
        let cells = DateCells(file.span, [0..<10, 11..<21], counts: [2, 3])
        #expect(DateFormat.detect(cells, name: "x")?.fitting == 5)
    }

    @Test("a format is strict about days, times, zones and what follows")
    func strict() {
        let date = DateFormat(layout: .yearMonthDay, separator: .dash)
        for text in [
            "2019-02-29", "2019-00-01", "2019-1-32", "2019/01/01", "2019-01-01 ", "19-01-01", "2019-01", "",
        ] {
            #expect(read(text, date) == nil, "\(text)")
        }
        #expect(read("2019-01-01 10:00", date) == nil)
        let time = DateFormat(layout: .yearMonthDay, separator: .dash, clock: .twentyFourHours, hasZone: true)
        for text in [
            "24:00", "10:60", "10:00:60", "10:00:00.", "10:5", "10:00 PM", "10:00+15:00", "10:00+01:",
        ] {
            #expect(read("2019-01-01 \(text)", time) == nil, "\(text)")
        }
        let twelve = DateFormat(layout: .time, clock: .twelveHours)
        #expect(
            read("13:05 PM", twelve) == nil && read("0:05 AM", twelve) == nil && read("1:05", twelve) == nil
        )
    }

    @Test("leap years and days before 1970 are right")
    func leapYears() {
        let date = DateFormat(layout: .yearMonthDay, separator: .dash)
        #expect(read("2000-02-29", date) == 951_782_400)
        #expect(read("1900-02-29", date) == nil)
        #expect(read("1969-12-31", date) == -86_400)
        #expect(read("0001-01-01", date) == -62_135_596_800)
        #expect(read("9999-12-31", date) == 253_402_214_400)
    }

    @Test("years of two digits turn at 69")
    func shortYears() throws {
        let format = DateFormat(layout: .monthDayYear, separator: .slash, hasShortYears: true)
        #expect(read("1/1/69", format) == -31_536_000)
        #expect(try read("1/1/68", format) == moment(2_068, 1, 1))
    }

    @Test("every day of 10,000 years is converted forth and back")
    func calendar() {
        var expected = -719_162
        for year in 1...9_999 {
            for month in 1...12 {
                for day in 1...31 {
                    guard let days = CivilDay.days(year, month, day) else { continue }
                    let civil = CivilDay(daysSince1970: days)
                    guard days == expected, civil.year == year, civil.month == month, civil.day == day else {
                        Issue.record("\(year)-\(month)-\(day)")
                        return
                    }
                    expected += 1
                }
            }
        }
        #expect(CivilDay(daysSince1970: expected).year == 10_000)
    }

    @Test("the first week of a year has January 4, and few years have 53 weeks")
    func weeks() throws {
        let format = DateFormat(layout: .week)
        #expect(try read("2021-W01", format) == moment(2_021, 1, 4))
        #expect(try read("2020-W53", format) == moment(2_020, 12, 28))
        #expect(try read("2020-W01", format) == moment(2_019, 12, 30))
        #expect(read("2021-W53", format) == nil && read("2021-W00", format) == nil)
    }

    @Test("seconds since 1970 have at most 11 digits, so that each has a year")
    func epochDigits() throws {
        let format = DateFormat(layout: .epochSeconds)
        #expect(try #require(read("99999999999", format)) == 99_999_999_999)
        #expect(read("1600000000123", format) == nil)
    }

    @Test("random bytes are no dates, or are read, but never break the reader", arguments: [1, 2])
    func random(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet = Array("0123456789012345678901234567890123456789-/:., TZ+apmQWJanMrchFriday".utf8)
        for _ in 0..<2_000 {
            let bytes = (0..<generator.below(24)).map { _ in alphabet[generator.below(alphabet.count)] }
            for format in DateFormat.candidates {
                guard let seconds = format.seconds(bytes.span, 0..<bytes.count) else { continue }
                #expect(seconds.isFinite)
            }
        }
    }

    @Test("a format is described in words and survives its file")
    func description() throws {
        let format = DateFormat(layout: .dayMonthYear, separator: .slash, clock: .twentyFourHours)
        #expect(format.description == "dates as day/month/year with time")
        let named = DateFormat(layout: .monthDayYear, namesMonths: true, hasShortYears: true)
        #expect(named.description == "dates as month name day year, years with two digits")
        #expect(Set(DateFormat.candidates).count == DateFormat.candidates.count)
    }
}
