import Contract
import Foundation

/// Datasets for trainings.
enum Dataset {
    /// 150 flowers in three species; `sepal_length,sepal_width,petal_length,petal_width,species`.
    static func iris() throws -> [UInt8] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Data/iris.csv")
        return Array(try Data(contentsOf: file))
    }

    /// Random rows: ten thousand trees on them take far longer than any test.
    static func noise(rows: Int = 20_000, features: Int = 10) -> [UInt8] {
        var state: UInt64 = 42
        var text = (0..<features).map { "f\($0)" }.joined(separator: ",") + ",label\n"
        for _ in 0..<rows {
            let numbers = (0..<features).map { _ in String(next(&state) % 10_000) }
            text += numbers.joined(separator: ",") + (next(&state) % 2 == 0 ? ",no\n" : ",yes\n")
        }
        return Array(text.utf8)
    }

    /// Knuth's MMIX generator; its upper bits are random enough.
    private static func next(_ state: inout UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}

extension TrainParameters {
    /// The most work that is allowed: with deeper trees the model would be too large for a file.
    static let endless: TrainParameters = {
        var parameters = TrainParameters()
        parameters.trees = 10_000
        parameters.depth = 10
        return parameters
    }()
}
