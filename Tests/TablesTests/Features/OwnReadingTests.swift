import Testing

@testable import Tables

/// A model that is given its training file must see the values that it learnt from.
@Suite("A file that is read again by its own reading")
struct OwnReadingTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var change: @Sendable (inout TableOptions) -> Void = { _ in }
    }

    static let examples = [
        Example(
            testDescription: "one number that is too large for a float",
            text: CaseTable.text("mass,b,y") { "\($0 % 5 == 2 ? "" : "4e90"),\($0 % 7),\($0 % 2)" }
        ),
        Example(
            testDescription: "thousands that a setting says",
            text: CaseTable.text("cost,b,y") { "\"1,\($0 + 250)\",\($0 % 7),\($0 % 2)" },
            change: { $0.thousands = .point }
        ),
        Example(
            testDescription: "numbers among more words, as a setting says",
            text: CaseTable.text("level,b,y") {
                "\($0 % 3 == 0 ? "\($0)" : "unsaid \($0)"),\($0 % 7),\($0 % 2)"
            },
            change: { $0.types = ["level": .number] }
        ),
    ]

    @Test("gives the same features", arguments: examples)
    func same(_ example: Example) throws {
        let model = try CaseTable(bytes: Array(example.text.utf8)) {
            $0.target = "y"
            example.change(&$0)
        }
        let again = try model.input(example.text)
        #expect(model.table.data.features.count == 2)
        for (feature, values) in zip(model.table.data.features, again.columns) {
            #expect(feature.values.map(\.text) == values.map(\.text), "\(feature.name)")
        }
    }
}

extension Float {
    /// The number as text, so that a missing value equals another one.
    fileprivate var text: String { isNaN ? "" : "\(self)" }
}
