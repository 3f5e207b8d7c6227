import Testing

@testable import Tables

@Suite("Lines without a row")
struct BlankLineTests {
    @Test("do not make the reader reserve more memory than there is")
    func blank() {
        let wide = (0..<200).map { "c\($0)" }.joined(separator: ",")
        let row = (0..<200).map { "\($0).5" }.joined(separator: ",")
        let csv =
            Array((wide + "\n" + [row, row, row].joined(separator: "\n")).utf8)
            + [UInt8](repeating: UInt8(ascii: "\n"), count: 100_000)
        var options = TableOptions()
        options.memoryLimit = 1 << 20
        let error = #expect(throws: TableError.self) { try TrainingTable(csv.span, options, threads: 1) }
        guard case .csv(.tooLarge) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
