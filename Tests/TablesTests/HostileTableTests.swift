import Synchronization
import Testing

@testable import Tables

/// Files that are made to take long, to take much memory, or to end the process.
@Suite("A hostile table")
struct HostileTableTests {
    @Test("with too many numbers for classes is refused", arguments: [1_500, 5_000])
    func numbersAsClasses(rows: Int) {
        let body = (0..<rows).map { "\($0 % 7),\($0).25\n" }.joined()
        #expect(throws: TableError.tooManyClasses(target: "y", limit: Target.maxClasses)) {
            try TrainingTable("x,y\n" + body, target: "y", task: .classification)
        }
    }

    @Test("of nothing but separators is refused before it fills the memory")
    func separators() {
        let bytes = [UInt8](repeating: UInt8(ascii: ","), count: 300_000)
        #expect(throws: CSVError.tooManyFields(line: 1, limit: CSVSample.maxFields)) {
            try TableProfile(of: bytes.span, threads: 1)
        }
    }

    @Test("may have as many columns as a table can have")
    func widest() throws {
        let width = CSVSample.maxFields
        let header = (0..<width).map { "c\($0)" }.joined(separator: ",")
        let row = Array(repeating: "3", count: width).joined(separator: ",")
        let bytes = Array("\(header)\n\(row)\n".utf8)
        #expect(try CSVLayout(bytes.span).names.count == width)
        let wider = Array("\(header),more\n\(row),3\n".utf8)
        #expect(throws: CSVError.tooManyFields(line: 1, limit: width)) { try CSVLayout(wider.span) }
    }

    @Test("with long rows in one place keeps its other rows, if they are 95 %")
    func longRows() throws {
        let body = (0..<60_000).map { (2_000..<3_500).contains($0) ? "7,8,9\n" : "\($0 % 11),\($0 % 2)\n" }
            .joined()
        let table = try TrainingTable("a,b\n1,0\n" + body, target: "b")
        #expect(table.data.rows == 58_501)
    }

    @Test("with texts of a megabyte is read in little more time than its bytes take")
    func longTexts() throws {
        let text = String(repeating: "word ", count: 200_000)
        let body = (0..<20).map { "\(text)\($0),\($0 % 3),\($0 % 2)\n" }.joined()
        let table = try TrainingTable("a,b,y\n" + body, target: "y")
        #expect(table.column("a")?.leftOut == "it has free text")
    }

    @Test("with units that are equally frequent is read alike in every run")
    func equalUnits() throws {
        var evidence = NumberEvidence()
        for text in ["$4", "€6"] { evidence.add(text) }
        for number in 10..<26 { evidence.add("\(number)") }
        guard case .notation(let notation, _) = evidence.decide(FileNumberHints(separator: 0x2C)) else {
            Issue.record("no notation")
            return
        }
        #expect(notation.prefix == "$")
    }

    @Test("that is larger than the memory is shown, but is not for training")
    func memory() throws {
        let bytes = Array(("a,b\n" + (0..<500).map { "\($0),\($0 % 2)\n" }.joined()).utf8)
        let profile = try TableProfile(of: bytes.span, memoryLimit: 1_000, threads: 1)
        #expect(profile.rows == 500 && profile.columns.map(\.name) == ["a", "b"])
        #expect(profile.obstacle.map { "\($0)".contains("MiB") } == true)
    }

    @Test("that is cancelled is not read on, wherever the reading is", arguments: 0..<7)
    func cancelled(checks: Int) {
        let left = Atomic(checks)
        let observer = ReadingObserver(isCancelled: { left.subtract(1, ordering: .relaxed).oldValue <= 0 })
        // The text of GB18030's code page is converted first, and the number below the first rows asks for a second pass.
        let rows = (0..<3_000).map { "x\($0 % 5),\($0 == 2_900 ? "n" : "\($0 % 9)"),\($0 % 2)\n" }.joined()
        let bytes = Array("n\u{61}me,".utf8) + [0xE4, 0xF6, 0xFC] + Array(",y\n".utf8) + Array(rows.utf8)
        #expect(throws: TableError.cancelled) {
            try TrainingTable(bytes.span, TableOptions(), threads: 1, observer)
        }
    }
}
