import Foundation
import Testing
import Webhook

@Suite("The time of a delayed post")
struct DelayTimeTests {
    /// A Wednesday: 2031-03-12, 09:20:00 UTC.
    private static let now = Date(timeIntervalSince1970: 1_931_073_600)

    private static func utc(_ text: String) throws -> Date {
        try Date("\(text):00Z", strategy: .iso8601)
    }

    @Test(
        "a delay is read in each of ntfy's forms, in UTC unless it names a zone",
        arguments: [
            ("45m", "2031-03-12T10:05"), ("3h", "2031-03-12T12:20"), ("2 days", "2031-03-14T09:20"),
            ("1 day", "2031-03-13T09:20"), ("1h30m", "2031-03-12T10:50"), ("30min", "2031-03-12T09:50"),
            ("in 2 hours", "2031-03-12T11:20"), ("half an hour", "2031-03-12T09:50"),
            ("1 hour and 5 minutes", "2031-03-12T10:25"), ("1931080200", "2031-03-12T11:10"),
            ("10am", "2031-03-12T10:00"), ("8am", "2031-03-13T08:00"), ("8:30pm", "2031-03-12T20:30"),
            ("8:30 PM", "2031-03-12T20:30"), ("17:45", "2031-03-12T17:45"), ("12am", "2031-03-13T00:00"),
            ("noon", "2031-03-12T12:00"), ("tomorrow, 10am", "2031-03-13T10:00"),
            ("10am tomorrow", "2031-03-13T10:00"), ("Tomorrow at 3pm", "2031-03-13T15:00"),
            ("tomorrow", "2031-03-13T09:20"), ("Friday, 7am", "2031-03-14T07:00"),
            ("next fri 7:15", "2031-03-14T07:15"), ("tonight 8pm", "2031-03-12T20:00"),
            ("2031-03-13T08:00:00Z", "2031-03-13T08:00"), ("2031-03-13 08:00", "2031-03-13T08:00"),
            ("2031-03-13T08:00:00+02:00", "2031-03-13T06:00"), ("5pm +01:00", "2031-03-12T16:00"),
            ("6pm UTC", "2031-03-12T18:00"),
        ]
    )
    func forms(_ text: String, _ expected: String) throws {
        #expect(try DelayTime(text, now: Self.now).date == Self.utc(expected))
    }

    @Test(
        "a delay that is no time is refused with its text",
        arguments: ["soon", "", "25:00", "13pm", "m", "tomorrow tomorrow", "1e9h", "later 10am", "30"]
    )
    func unreadable(_ text: String) {
        let error = #expect(throws: DelayError.unreadable(text)) { try DelayTime(text, now: Self.now) }
        #expect(error?.description.contains("\"\(text)\"") == true)
    }

    @Test("a delay is 10 seconds to 3 days")
    func range() throws {
        for text in ["9s", "1031073600", "2031-03-12T09:20:05Z", "today, 8am"] {
            #expect(throws: DelayError.tooSoon(text)) { try DelayTime(text, now: Self.now) }
        }
        for text in ["73h", "1931332801", "tuesday, 7am", "2031-04-01T00:00:00Z"] {
            #expect(throws: DelayError.tooLate(text)) { try DelayTime(text, now: Self.now) }
        }
        #expect(try DelayTime("10s", now: Self.now).date == Self.now + 10)
        #expect(try DelayTime("72h", now: Self.now).date == Self.now + 259_200)
    }
}
