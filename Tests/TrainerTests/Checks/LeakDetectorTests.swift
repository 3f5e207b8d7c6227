import Tables
import Testing

@testable import Trainer

@Suite("Target leakage")
struct LeakDetectorTests {
    private static let rows = 2_000

    private func isLeak(
        _ kind: Feature.Kind = .numeric,
        _ task: Target,
        _ value: (Int) -> Float
    ) -> Bool {
        LeakDetector(Feature(name: "x", kind: kind, values: (0..<Self.rows).map(value)), task).findsLeak
    }

    private static let classes = Target.classification(
        classes: ["a", "b"],
        labels: (0..<rows).map { UInt16($0 % 3 == 0 ? 1 : 0) }
    )
    private static let numbers = Target.regression(values: (0..<rows).map { Double($0 * 7 % 1_999) })

    @Test("is found if each code or category has a single class")
    func functions() {
        let labels = Feature.Kind.categorical(labels: (0..<30).map { "k\($0)" })
        #expect(isLeak(labels, Self.classes) { Float($0 % 30) })
        #expect(isLeak(.numeric, Self.classes) { Float($0 % 30) })
        #expect(!isLeak(labels, Self.classes) { Float($0 % 31) })
        #expect(!isLeak(.numeric, Self.classes) { Float($0 % 31) })
    }

    @Test("is not found if a value identifies its rows")
    func identifiers() {
        let labels = Feature.Kind.categorical(labels: (0..<1_000).map { "k\($0)" })
        #expect(!isLeak(labels, Self.classes) { Float($0 / 2 % 1_000) })
        #expect(
            !isLeak(
                labels,
                .classification(classes: ["a", "b"], labels: (0..<Self.rows).map { UInt16($0 / 2 % 2) })
            ) { Float($0 / 2) }
        )
    }

    @Test("is found if the target is a strictly monotone function of the feature")
    func monotone() {
        #expect(isLeak(.numeric, Self.numbers) { Float($0 * 7 % 1_999) * Float($0 * 7 % 1_999) })
        #expect(isLeak(.numeric, Self.numbers) { -Float($0 * 7 % 1_999).squareRoot() })
        #expect(
            !isLeak(.numeric, Self.numbers) {
                $0 == 1_500 ? 0 : Float($0 * 7 % 1_999) * Float($0 * 7 % 1_999)
            }
        )
    }

    @Test("is not found for a constant feature")
    func constant() {
        #expect(!isLeak(.numeric, Self.classes) { _ in 1 })
        #expect(!isLeak(.numeric, Self.numbers) { _ in 1 })
    }
}
