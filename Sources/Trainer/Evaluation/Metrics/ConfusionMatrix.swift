/// The number of rows by true and predicted class.
struct ConfusionMatrix {
    /// `counts[true][predicted]`.
    let counts: [[Int]]

    init(truth: [UInt16], predicted: [UInt16], classes: Int) {
        var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
        for (truth, predicted) in zip(truth, predicted) { counts[Int(truth)][Int(predicted)] += 1 }
        self.counts = counts
    }

    var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
    var accuracy: Double { Self.ratio(correct, counts.joined().reduce(0, +)) }

    /// The mean recall of the classes that occur in the truth.
    var balancedAccuracy: Double {
        let occurring = counts.indices.filter { support($0) > 0 }
        return occurring.reduce(0.0) { $0 + recall($1) } / Double(max(occurring.count, 1))
    }

    /// The mean F1 of the classes that occur in the truth or in the predictions.
    var macroF1: Double {
        let occurring = counts.indices.filter { support($0) + predictions($0) > 0 }
        return occurring.reduce(0.0) { $0 + f1($1) } / Double(max(occurring.count, 1))
    }

    func support(_ label: Int) -> Int { counts[label].reduce(0, +) }
    func precision(_ label: Int) -> Double { Self.ratio(counts[label][label], predictions(label)) }
    func recall(_ label: Int) -> Double { Self.ratio(counts[label][label], support(label)) }
    func f1(_ label: Int) -> Double {
        Self.ratio(2 * counts[label][label], support(label) + predictions(label))
    }

    private func predictions(_ label: Int) -> Int { counts.reduce(0) { $0 + $1[label] } }

    private static func ratio(_ part: Int, _ whole: Int) -> Double {
        whole == 0 ? 0 : Double(part) / Double(whole)
    }
}
