import Foundation
import Synchronization
import Testing

@testable import Tables

@Suite("The reading of a table")
struct ReadingTests {
    /// A table with `count` rows of numbers.
    private func text(_ count: Int) -> String {
        "a,b,y\n" + (0..<count).map { "\($0).5,\($0 * $0),\($0 % 2 == 0 ? "p" : "q")\n" }.joined()
    }

    @Test("is refused with an estimated size if the columns do not fit in memory")
    func size() {
        let error = #expect(throws: TableError.self) {
            try TrainingTable(text(400)) { $0.memoryLimit = 1_000 }
        }
        guard case .csv(.tooLarge(let rows, 3, _, 1_000)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect((300...500).contains(rows))
    }

    @Test("ends after the observer cancels")
    func cancelled() {
        let csv = Array(text(40).utf8)
        let observer = ReadingObserver(isCancelled: { true })
        #expect(throws: TableError.cancelled) { try TrainingTable(csv.span, threads: 1, observer) }
    }

    @Test("reports rows, fraction and consumed bytes")
    func progress() throws {
        let csv = Array(text(400).utf8)
        let rows = Mutex(0)
        let passed = Mutex<[Range<Int>]>([])
        let observer = ReadingObserver(
            onRows: { read, share in
                rows.withLock { $0 = max($0, read) }
                #expect((0...1).contains(share))
            },
            onConsumed: { range in passed.withLock { $0.append(range) } }
        )
        _ = try TrainingTable(csv.span, threads: 1, observer)
        #expect(rows.withLock { $0 } == 400)
        #expect(passed.withLock { $0 }.allSatisfy { $0.upperBound <= csv.count })
        #expect(passed.withLock { $0 }.last?.upperBound == csv.count)
    }

    @Test("says whether the first line is the header")
    func header() throws {
        #expect(try TrainingTable("a,y\n1,p\n2,q\n4,p\n").says("the first line is the header"))
        #expect(
            try TrainingTable("1,p\n2,q\n4,p\n").decisions.contains { $0.hasPrefix("there is no header") }
        )
    }

    @Test("is written to JSON and comes back")
    func coding() throws {
        let table = try TrainingTable("when,cost,kind,id", rows: 24) {
            "2021-02-\($0 + 1),$\($0).25,\($0 % 3 == 0 ? "oak" : "elm"),\($0)"
        }
        let data = try JSONEncoder().encode(table.reading)
        #expect(try JSONDecoder().decode(TableReading.self, from: data) == table.reading)
        #expect(table.reading.columns.map(\.kind) == [.date, .number, .category, nil, .category])
    }

    @Test("finds the column and the part that a feature comes from")
    func source() throws {
        let table = try TrainingTable("when,cost", rows: 24) { "2021-02-\($0 + 1),\($0).25" }
        #expect(table.reading.sources["when_day"]?.column.name == "when")
        #expect(table.reading.sources["when_day"]?.part == .day)
        #expect(table.reading.sources["cost"]?.part == nil)
        #expect(table.reading.sources["when"] == nil && table.reading.sources["y"] == nil)
    }
}
