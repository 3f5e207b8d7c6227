import Testing

@testable import Meters

@Suite("Progress on a terminal")
struct ProgressTests {
    @Test("a line shows a bar and what there is to say, and never wraps")
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

    @Test("a file gets the same without a bar")
    func plain() {
        let line = ProgressLine(label: "training", fraction: 0.25, notes: ["3 of 12 trees"], left: "9 s left")
        #expect(line.plain == "training 25 %  3 of 12 trees  9 s left")
    }

    @Test("what would look the same is shown again only after a while, and never backwards")
    func pace() {
        var pace = ProgressPace()
        let start = ContinuousClock.now
        func shown(_ fraction: Double, after milliseconds: Int, byTime: Bool = true) -> Bool {
            let now = start + .milliseconds(milliseconds)
            return pace.takes(fraction, steps: 4, byTime: byTime, now: now)
        }
        let answers = [
            shown(0, after: 0), shown(0.25, after: 0), shown(0.3, after: 10), shown(0.3, after: 300),
            shown(0.31, after: 900, byTime: false), shown(0.2, after: 2_000), shown(1, after: 2_000),
        ]
        #expect(answers == [false, true, false, true, false, false, true])
    }

    @Test("how long the rest takes is judged from where it began")
    func left() {
        var pace = ProgressPace()
        let start = ContinuousClock.now
        #expect(pace.left(0.5, now: start) == nil)
        _ = pace.takes(0.5, steps: 4, byTime: true, now: start)
        #expect(pace.left(0.5, now: start + .seconds(10)) == nil)
        #expect(pace.left(0.75, now: start + .seconds(10)) == "10 s left")
        #expect(pace.left(0.6, now: start + .seconds(300)) == "20 min left")
        #expect(pace.left(0.99, now: start + .seconds(10)) == nil)
        #expect(pace.left(1, now: start + .seconds(10)) == nil)
    }

    @Test("bytes and their rate are told in units that people read")
    func bytes() {
        #expect(TransferMeter.amount(3_858, of: 10_000_000) == "3.9 KB of 10.0 MB")
        #expect(TransferMeter.amount(3_858, of: nil) == "3.9 KB")
        #expect(TransferMeter.rate(25_000_000, in: .seconds(2)) == "12.5 MB/s")
        #expect(TransferMeter.rate(25_000_000, in: .milliseconds(5)) == nil)
    }
}
