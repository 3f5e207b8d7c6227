import Support
import Testing

@testable import Tables

/// Detects the format of `texts`, each in one cell.
private func detect(_ texts: [String], name: String = "x") -> DateDetection? {
    DateFormat.detect(texts.map { ($0, 1) }, name: name)
}

/// Reads `text` as a day whose month is a word, such as 2011-5-6.
private func day(_ text: String, _ layout: DateFormat.Layout = .dayMonthYear) -> String? {
    let format = DateFormat(layout: layout, clock: .twentyFourHours, namesMonths: true, namesWeekdays: true)
    let bytes = Array(text.utf8)
    guard let seconds = format.seconds(bytes.span, 0..<bytes.count) else { return nil }
    let day = CivilDay(daysSince1970: Int((seconds / 86_400).rounded(.down)))
    return "\(day.year)-\(day.month)-\(day.day)"
}

@Suite("Dates in many languages")
struct DateWordsTests {
    /// The names of the months of a language, in the form that stands in a date, and abbreviations.
    struct Language: Sendable, CustomTestStringConvertible {
        let name: String
        let months: String
        let short: String
        var testDescription: String { name }
    }

    @Test(
        "all months of a language are read, in small and capital letters, in full and abbreviated",
        arguments: [
            Language(
                name: "German",
                months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
                short: "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez"
            ),
            Language(
                name: "French",
                months:
                    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
                short: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."
            ),
            Language(
                name: "Spanish",
                months:
                    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
                short: "ene feb mar abr may jun jul ago sept oct nov dic"
            ),
            Language(
                name: "Italian",
                months:
                    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
                short: "gen feb mar apr mag giu lug ago set ott nov dic"
            ),
            Language(
                name: "Portuguese",
                months:
                    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
                short: "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez."
            ),
            Language(
                name: "Dutch",
                months:
                    "januari februari maart april mei juni juli augustus september oktober november december",
                short: "jan feb mrt apr mei jun jul aug sep okt nov dec"
            ),
            Language(
                name: "Polish",
                months:
                    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
                short: "sty lut mar kwi maj cze lip sie wrz paź lis gru"
            ),
            Language(
                name: "Russian",
                months: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
                short: "янв. февр. мар. апр. май июн. июл. авг. сент. окт. нояб. дек."
            ),
            Language(
                name: "Russian, nominative",
                months: "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
                short: "янв фев мар апр май июн июл авг сен окт ноя дек"
            ),
            Language(
                name: "Turkish",
                months: "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
                short: "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara"
            ),
            Language(
                name: "Swedish",
                months:
                    "januari februari mars april maj juni juli augusti september oktober november december",
                short: "jan feb mars apr maj juni juli aug sept okt nov dec"
            ),
            Language(
                name: "Danish",
                months: "januar februar marts april maj juni juli august september oktober november december",
                short: "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec."
            ),
            Language(
                name: "Norwegian",
                months: "januar februar mars april mai juni juli august september oktober november desember",
                short: "jan feb mar apr mai jun jul aug sep okt nov des"
            ),
        ]
    )
    func languages(_ language: Language) {
        for list in [language.months, language.short] {
            let words = list.split(separator: " ").map(String.init)
            #expect(words.count == 12)
            for (index, word) in words.enumerated() {
                for spelling in [word, word.uppercased(), word.lowercased()] {
                    let expected = "1987-\(index + 1)-19"
                    #expect(day("19 \(spelling) 1987") == expected, "\(spelling)")
                    #expect(day("19-\(spelling)-1987") == expected, "\(spelling)")
                    #expect(day("\(spelling) 19, 1987", .monthDayYear) == expected, "\(spelling)")
                }
            }
        }
    }

    /// A date, with the words and signs that people of its language write around it.
    @Test(
        "words and signs beside day, month and year are read over",
        arguments: [
            "6. Mai 2011", "06. Mai 2011", "6 de mayo de 2011", "6 de mayo del 2011", "6 DE MAIO DE 2011",
            "6º de maio de 2011", "6. maja 2011 r.", "6 мая 2011 г.", "6 мая 2011 года", "6e mei 2011",
            "6th of May 2011", "Freitag, 6. Mai 2011", "Fr., den 6. Mai 2011", "vendredi 6 mai 2011",
            "viernes, 6 de mayo de 2011", "venerdì 6 maggio 2011", "sexta-feira, 6 de maio de 2011",
            "vrijdag 6 mei 2011", "piątek, 6 maja 2011", "пт, 6 мая 2011 г.", "Cuma, 6 Mayıs 2011",
            "fredag den 6 maj 2011", "den 6. maj 2011", "le 6 mai 2011", "mar. 6 mai 2011",
            "6 mai 2011 10:20",
            "6 мая 2011 г., 10:20",
        ]
    )
    func aroundDates(_ text: String) {
        #expect(day(text) == "2011-5-6")
    }

    @Test("an accent may be a sign of its own, or lack")
    func accents() {
        let expected = "2011-3-6"
        #expect(day("6 Ma\u{308}rz 2011") == expected)
        #expect(day("6 Marz 2011") == expected && day("6 marco 2011") == expected)
        #expect(day("1er de\u{301}cembre 2011") == "2011-12-1")
    }

    @Test("other words, mixed alphabets and missing parts are no dates")
    func strict() {
        for text in [
            "6 marzoo 2011", "6 ma 2011", "6 de 2011", "6 mars", "mars 2011", "6 мapта 2011", "6 März2 2011",
            "6 mars 2011 x", "6 mars 2011 г x", "31 kwietnia 2011", "6 out of 2011", "6 月 2011", "6 \u{C3}",
        ] {
            #expect(day(text) == nil, "\(text)")
        }
    }

    @Test("a weekday that is written as a month is one only where no month can stand")
    func ambiguous() {
        #expect(day("Mar 6, 2011", .monthDayYear) == "2011-3-6")
        #expect(day("mar 6 juin 2011") == "2011-6-6")
    }

    @Test("a column in another language is recognised, and described as one in English")
    func columns() throws {
        let dates = try #require(detect(["6. Mai 2011", "24. Dez. 2009", "1. März 2010"]))
        #expect(dates.odd == 0 && dates.format.description == "dates as day month name year")
        let short = try #require(detect(["06-ene-11", "24-dic-09", "01-ago-10"]))
        #expect(short.format.hasShortYears && short.odd == 0)
        let months = try #require(detect(["janvier 2011", "février 2011", "août 2011"]))
        #expect(months.format.description == "months as month name year")
        #expect(detect(["mars 2011", "mars 2012"], name: "mois")?.odd == 0)
        let russian = try #require(detect(["6 мая 2011 23:10", "24 декабря 2009 04:00"]))
        #expect(russian.format.description == "dates as day month name year with time")
    }

    @Test(
        "ordinary words that also name months make no dates",
        arguments: [
            ["mars", "venus", "pluto"], ["Mars 2020", "Mars 2112"], ["Set 1", "Set 2", "Set 3"],
            ["Set 75", "Set 80", "Set 81"], ["3 out of 10", "5 out of 10"], ["3 out 10", "5 out 10"],
            ["5 ago", "6 ago"], ["2 years ago", "3 days ago"], ["24 mai", "25 juin"], ["Gen 10", "Gen 11"],
            ["3月7日", "4月8日"], ["2011年", "2012年"],
        ]
    )
    func phrases(_ texts: [String]) {
        #expect(detect(texts) == nil)
    }

    @Test("Chinese, Japanese and Korean dates are read")
    func characters() throws {
        for texts in [["2011年5月6日", "2009年12月24日"], ["2011년 5월 6일", "2009년 12월 24일"], ["2011年05月06号"]] {
            let detection = try #require(detect(texts))
            let bytes = Array(texts[0].utf8)
            #expect(detection.odd == 0)
            #expect(detection.format.seconds(bytes.span, 0..<bytes.count) == 1_304_640_000)
            #expect(
                detection.format.description == "dates as year, month, day with characters (年月日, 년월일)"
            )
        }
        #expect(detect(["2011年5月6日 10:20", "2009年12月24日 00:00"])?.format.hasTime == true)
        #expect(detect(["2011年5月", "2009年12月"])?.format.layout == .yearMonth)
        #expect(detect(["2011年13月6日", "2009年2月30日"]) == nil)
    }

    @Test("random words and signs never break the reader", arguments: [1, 2])
    func random(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "6", "24", "2011", " ", " ", ".", "-", "de", "mars", "März", "марта", "г.", "年", "5月", "日", "º",
            "\u{301}", "İ", "den", "mar", "out",
        ].map { Array($0.utf8) }
        let formats = DateFormat.candidates.filter { $0.namesMonths || $0.namesWeekdays }
        for _ in 0..<2_000 {
            var bytes = (0..<generator.below(9)).flatMap { _ in pieces[generator.below(pieces.count)] }
            if generator.below(4) == 0 { bytes = Array(bytes.dropLast()) }
            for format in formats {
                guard let seconds = format.seconds(bytes.span, 0..<bytes.count) else { continue }
                #expect(seconds.isFinite)
            }
        }
    }
}
