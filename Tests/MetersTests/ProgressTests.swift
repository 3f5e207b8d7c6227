import Testing

@testable import Meters

@Suite("Progress meters")
struct ProgressTests {
    @Test("a line has a bar, notes and the remaining time, and is never wider than the terminal")
    func line() {
        let full = "computing the ID  " + String(repeating: "█", count: 40) + "  100 %"
        let whole = ProgressLine(label: "computing the ID", fraction: 1)
        #expect(whole.bar(columns: 79) == full)
        var half = ProgressLine(
            label: "getting",
            fraction: 0.5,
            notes: ["5.0 MB of 10.0 MB"],
            left: "9 s left"
        )
        #expect(half.bar(columns: 54) == "getting  ████████░░░░░░░░  5.0 MB of 10.0 MB  9 s left")
        #expect(half.bar(columns: 45) == "getting  5.0 MB of 10.0 MB  9 s left")
        #expect(half.bar(columns: 20) == "getting  5.0 MB of 1")
        half.fraction = nil
        #expect(half.bar(columns: 79) == "getting  5.0 MB of 10.0 MB  9 s left")
        for columns in 1...100 { #expect(whole.bar(columns: columns).count <= columns) }
    }

    @Test("in a file the line has no bar")
    func plain() {
        let line = ProgressLine(label: "training", fraction: 0.25, notes: ["3 of 12 trees"], left: "9 s left")
        #expect(line.plain == "training 25 %  3 of 12 trees  9 s left")
    }

    @Test("an unchanged line is shown again only after a pause, and progress never decreases")
    func throttle() {
        var throttle = ProgressThrottle()
        let start = ContinuousClock.now
        func shown(_ fraction: Double, after milliseconds: Int, byTime: Bool = true) -> Bool {
            let now = start + .milliseconds(milliseconds)
            return throttle.shouldShow(fraction, steps: 4, byTime: byTime, now: now)
        }
        let answers = [
            shown(0, after: 0), shown(0.25, after: 0), shown(0.3, after: 10), shown(0.3, after: 300),
            shown(0.31, after: 900, byTime: false), shown(0.2, after: 2_000), shown(1, after: 2_000),
        ]
        #expect(answers == [false, true, false, true, false, false, true])
    }

    @Test("the remaining time is estimated from the average speed")
    func left() {
        var throttle = ProgressThrottle()
        let start = ContinuousClock.now
        #expect(throttle.left(0.5, now: start) == nil)
        _ = throttle.shouldShow(0.5, steps: 4, byTime: true, now: start)
        #expect(throttle.left(0.5, now: start + .seconds(10)) == nil)
        #expect(throttle.left(0.75, now: start + .seconds(10)) == "10 s left")
        #expect(throttle.left(0.6, now: start + .seconds(300)) == "20 min left")
        #expect(throttle.left(0.99, now: start + .seconds(10)) == nil)
        #expect(throttle.left(1, now: start + .seconds(10)) == nil)
    }

    @Test("sizes and rates are shown in KB and MB")
    func bytes() {
        #expect(TransferMeter.amount(3_858, of: 10_000_000) == "3.9 KB of 10.0 MB")
        #expect(TransferMeter.amount(3_858, of: nil) == "3.9 KB")
        #expect(TransferMeter.rate(25_000_000, in: .seconds(2)) == "12.5 MB/s")
        #expect(TransferMeter.rate(25_000_000, in: .milliseconds(5)) == nil)
    }
}
