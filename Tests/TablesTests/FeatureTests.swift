import Synchronization
import Testing

@testable import Tables

@Suite("The features of a table")
struct FeatureTests {
    /// A table with `count` rows of numbers, and the cell `last` in the column a of one more row.
    private func column(of count: Int = 40, last: String) -> String {
        "a,b,y\n" + (0..<count).map { "\($0).5,\($0 * $0),\($0 % 2 == 0 ? "p" : "q")\n" }.joined()
            + "\(last),7,p\n"
    }

    @Test("are the 32-bit floats nearest to the doubles nearest to the decimals")
    func numbers() throws {
        let table = try TrainingTable("a,y\n0.1,p\n-0,q\n16777217,p\n3.4028235e38,q\n1e-46,p\n")
        #expect(table.feature("a")?.values == [0.1, 0, 16_777_216, .greatestFiniteMagnitude, 0])
        #expect(table.feature("a")?.values[1].sign == .plus)
    }

    static let gaps = [
        "", "NA", "nan", "NULL", "?", "-", "n/a", "N/A", "#N/A", "#N/A N/A", "#NA", "<NA>", "None", "NaT",
        "-nan",
        "-NaN", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN", ".", "--",
    ]

    @Test("may have missing values in any usual notation", arguments: gaps)
    func missing(_ gap: String) throws {
        let table = try TrainingTable("a,b,y\n1,u,p\n\(gap),v,q\n2,\(gap),p\n3,u,q\n4,v,p\n5,u,q\n")
        #expect(table.feature("a")?.values.map(\.isNaN) == [false, true, false, false, false, false])
        #expect(table.feature("b")?.values.map(\.isNaN) == [false, false, true, false, false, false])
        #expect(table.feature("b")?.kind == .categorical(labels: ["u", "v"]))
        #expect(table.decisions.contains("column \"a\" has 1 missing values"))
    }

    @Test("that are empty are left out, with a decision")
    func empty() throws {
        let table = try TrainingTable("a,b,y\n1,,p\n2,NA,q\n")
        #expect(table.data.features.map(\.name) == ["a"])
        #expect(table.decisions.contains("column \"b\" is left out: it is empty"))
    }

    @Test(
        "that are numeric but for one cell are an error with line, column and token",
        arguments: ["hello", "inf", "-inf", "Infinity", "1_000", "\"1,000\"", "0x1F", "2026-11-24"]
    )
    func mistakes(_ token: String) {
        let bare = token.replacing("\"", with: "")
        #expect(throws: TableError.notANumber(line: 42, column: "a", token: bare)) {
            try TrainingTable(column(last: token))
        }
    }

    @Test("with a number too large for a 32-bit float are an error", arguments: ["1e400", "-3.5e38", "1e39"])
    func overflow(_ token: String) {
        #expect(throws: TableError.numberTooLarge(line: 42, column: "a", token: token)) {
            try TrainingTable(column(last: token))
        }
    }

    @Test(
        "that have numbers in another notation in every cell are an error, not categories",
        arguments: ["1_00", "\"1,00", "0x1"]
    )
    func disguised(_ start: String) {
        let end = start.hasPrefix("\"") ? "\"" : ""
        let csv = "a,y\n" + (0..<40).map { "\(start)\($0 % 10)\(end),\($0 % 2 == 0 ? "p" : "q")\n" }.joined()
        let token = start.replacing("\"", with: "") + "0"
        #expect(throws: TableError.notANumber(line: 2, column: "a", token: token)) { try TrainingTable(csv) }
    }

    @Test(
        "may have a decimal comma if the separator is not a comma",
        arguments: [";", "\t", "|"]
    )
    func decimalComma(_ separator: String) throws {
        let csv = "a,y\n1.5,p\n-2.25,q\n3,p\n".replacing(",", with: separator).replacing(".", with: ",")
        let table = try TrainingTable(csv)
        #expect(table.feature("a")?.values == [1.5, -2.25, 3])
        #expect(table.decisions.contains("numbers have a decimal comma"))
    }

    @Test("that are numeric in most cells, but not in all, are text with a warning")
    func mixed() throws {
        let csv = "age,y\n" + (0..<40).map { "\($0 % 10 == 3 ? "nil" : "\($0 % 7)"),\($0 % 2)\n" }.joined()
        let warning =
            "column \"age\": 10 % of its cells, such as \"nil\", are not numbers, so the column is read as text"
        #expect(try TrainingTable(csv).warnings == [warning])
        let words = "size,y\n" + (0..<40).map { "\(["none", "low", "3"][$0 % 3]),\($0 % 2)\n" }.joined()
        #expect(try TrainingTable(words).warnings.isEmpty)
        #expect(try TrainingTable(words).feature("size")?.kind == .categorical(labels: ["3", "low", "none"]))
    }

    @Test("of text are indices of their sorted labels")
    func categories() throws {
        let table = try TrainingTable("a,y\nred,p\nblue,q\nred,p\ngreen,q\nblue,p\nred,q\n")
        #expect(table.feature("a")?.kind == .categorical(labels: ["blue", "green", "red"]))
        #expect(table.feature("a")?.values == [2, 0, 2, 1, 0, 2])
        #expect(table.decisions.contains { $0.hasPrefix("column \"a\" has 3 categories") })
    }

    @Test("that have text only after the first thousand rows are categories")
    func late() throws {
        let rows = (0..<4_000).map {
            "\($0 < 2_000 ? "7" : $0 % 2 == 0 ? "even" : "odd"),\($0 % 3 == 0 ? "p" : "q")\n"
        }
        #expect(
            try TrainingTable("a,y\n" + rows.joined()).feature("a")?.kind
                == .categorical(labels: ["7", "even", "odd"])
        )
    }

    @Test("of text with a distinct value in most rows are left out with a warning")
    func names() throws {
        let table = try TrainingTable(
            "name,a,y\n" + (0..<30).map { "n\($0),\($0 % 4),\($0 % 3 == 0 ? "p" : "q")\n" }.joined()
        )
        #expect(table.data.features.map(\.name) == ["a"])
        #expect(table.warnings.contains { $0.hasPrefix("column \"name\" is left out") })
    }

    @Test("that are constant stay, with a decision")
    func constant() throws {
        let table = try TrainingTable("a,b,y\n1,5,p\n2,5,q\n")
        #expect(table.feature("b")?.values == [5, 5])
        #expect(table.decisions.contains("column \"b\" is constant and cannot help the model"))
    }

    @Test("are refused with an estimated size if they do not fit in memory")
    func size() {
        var options = TableOptions()
        options.memoryLimit = 1_000
        let csv = Array(column(of: 400, last: "1").utf8)
        let error = #expect(throws: TableError.self) { try TrainingTable(csv.span, options, threads: 1) }
        guard case .csv(.tooLarge(let rows, 3, _, 1_000)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect((300...500).contains(rows))
    }

    @Test("are not read after the observer cancels")
    func cancelled() {
        let csv = Array(column(last: "1").utf8)
        let observer = ReadingObserver(isCancelled: { true })
        #expect(throws: TableError.cancelled) { try TrainingTable(csv.span, threads: 1, observer) }
    }

    @Test("report rows, fraction and consumed bytes while they are read")
    func progress() throws {
        let csv = Array(column(of: 400, last: "1").utf8)
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
        #expect(rows.withLock { $0 } == 401)
        #expect(passed.withLock { $0 }.allSatisfy { $0.upperBound <= csv.count })
        #expect(passed.withLock { $0 }.last?.upperBound == csv.count)
    }
}
