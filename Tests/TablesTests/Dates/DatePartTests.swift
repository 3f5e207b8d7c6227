import Testing

@testable import Tables

@Suite("Parts of dates")
struct DatePartTests {
    @Test("a date gives all parts")
    func parts() {
        // Sunday, 2020-03-01 13:45:30, a year with a leap day.
        let seconds = 1_583_070_330.0
        let values = DatePart.allCases.map { $0.value(of: seconds, origin: 1_582_934_400) }
        #expect(values == [2020, 3, 1, 7, 13, 61, 825.5, Float((135_930.0) / 86_400)])
    }

    @Test("parts before 1970 count forward too")
    func early() {
        // Wednesday, 1969-12-31 23:00.
        #expect(DatePart.year.value(of: -3_600, origin: 0) == 1969)
        #expect(DatePart.hour.value(of: -3_600, origin: 0) == 23)
        #expect(DatePart.weekday.value(of: -3_600, origin: 0) == 3)
        #expect(DatePart.dayOfYear.value(of: -3_600, origin: 0) == 365)
        #expect(DatePart.day.value(of: .nan, origin: 0).isNaN)
    }

    @Test("a format has only the parts that its dates tell")
    func formats() {
        #expect(DateFormat(layout: .time, clock: .twentyFourHours).parts == [.hour, .minuteOfDay])
        #expect(DateFormat(layout: .quarter).parts == [.year, .month, .elapsed])
        let date = DateFormat(layout: .yearMonthDay, separator: .dash)
        #expect(date.parts == [.year, .month, .day, .weekday, .dayOfYear, .elapsed])
        #expect(DateFormat(layout: .epochSeconds).parts == DatePart.allCases)
    }
}
