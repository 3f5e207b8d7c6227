/// Whether a target is predicted as a number or as a class, by default.
struct TargetTask {
    let isRegression: Bool
    /// The number of distinct values.
    private let distinct: Int
    private let hasWholeNumbers: Bool
    private let cells: Int

    /// By default, a target of whole numbers with at most this many distinct values may be classes.
    private static let mostClasses = 20
    /// With at most this many distinct values, any whole numbers may be classes; with more, only those from 0 or 1 on.
    private static let fewClasses = 10
    /// Whole numbers with fewer rows per value are no classes.
    private static let rowsPerClass = 5

    /// Decides from the distinct texts of the target, in `cells` cells with a value.
    ///
    /// `hasNamedClasses` says that the first line of the file names the classes.
    init(_ kind: ColumnPlan.Kind, _ labels: ColumnLabels, cells: Int, hasNamedClasses: Bool) {
        self.cells = cells
        distinct = labels.isIncomplete ? .max : labels.texts.count
        guard case .number(let notation) = kind, !hasNamedClasses else {
            (isRegression, hasWholeNumbers) = (false, false)
            return
        }
        let values = labels.texts.prefix(Self.mostClasses + 1).compactMap { text -> Double? in
            let bytes = Array(text.utf8)
            return notation.value(bytes.span, 0..<bytes.count)
        }
        hasWholeNumbers = notation.plainPoint != nil && values.allSatisfy { $0 == $0.rounded() }
        isRegression = !hasWholeNumbers || !Self.areClasses(Set(values), distinct: distinct, cells: cells)
    }

    private static func areClasses(_ values: Set<Double>, distinct: Int, cells: Int) -> Bool {
        guard distinct <= mostClasses, let least = values.min(), let most = values.max() else { return false }
        if values.count == 2 { return true }
        let isCounted = (0...1).contains(least) && most - least < Double(2 * distinct)
        guard distinct <= fewClasses || isCounted else { return false }
        return cells >= rowsPerClass * distinct
    }

    /// Whether a regression has so few values that classes may suit it better.
    private var couldBeClasses: Bool {
        isRegression && hasWholeNumbers && distinct <= Self.mostClasses
            && cells >= Self.rowsPerClass * distinct
    }
    /// Whether classes are so many numbers that a regression may suit them better.
    private var couldBeNumbers: Bool { !isRegression && hasWholeNumbers && distinct > 5 }

    var couldBeOther: Bool { couldBeClasses || couldBeNumbers }

    /// The warning that the other task may be meant.
    var otherTask: String {
        isRegression
            ? "the target has only \(distinct) distinct values: task=classification may suit it better"
            : "the target has \(distinct) whole numbers as classes: task=regression may suit it better"
    }
}
