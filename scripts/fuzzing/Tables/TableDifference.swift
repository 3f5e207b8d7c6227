@testable import Tables

/// Compares two readings of one file.
enum TableDifference {
    /// The first property in which the tables differ; nil if they are the same.
    static func first(_ one: TrainingTable, _ other: TrainingTable) -> String? {
        let (data, otherData) = (one.data, other.data)
        if one.columns != other.columns { return "columns \(one.columns) and \(other.columns)" }
        if one.reading != other.reading { return "readings \(one.reading) and \(other.reading)" }
        if one.decisions != other.decisions { return "decisions \(one.decisions) and \(other.decisions)" }
        if one.remarks != other.remarks { return "remarks \(one.remarks) and \(other.remarks)" }
        if one.warnings != other.warnings { return "warnings \(one.warnings) and \(other.warnings)" }
        if one.sample != other.sample { return "samples" }
        if data.rows != otherData.rows { return "rows \(data.rows) and \(otherData.rows)" }
        if data.features.map(\.name) != otherData.features.map(\.name) { return "features" }
        for (feature, twin) in zip(data.features, otherData.features) {
            guard feature.kind == twin.kind, areEqual(feature.values, twin.values) else {
                return "values of \"\(feature.name)\""
            }
        }
        guard areEqual(data.target, otherData.target) else { return "targets" }
        guard data.group == otherData.group, areEqual(data.weights ?? [], otherData.weights ?? []),
            areEqual(data.time ?? [], otherData.time ?? [])
        else { return "keys of rows" }
        return nil
    }

    /// Whether two numbers have the same bits, or both are missing.
    static func areEqual(_ one: Float, _ other: Float) -> Bool {
        one.bitPattern == other.bitPattern || one.isNaN && other.isNaN
    }

    private static func areEqual(_ one: [Float], _ other: [Float]) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy(areEqual)
    }

    private static func areEqual(_ one: [Double], _ other: [Double]) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
    }

    private static func areEqual(_ one: Target, _ other: Target) -> Bool {
        switch (one, other) {
        case (.classification(let classes, let labels), .classification(let otherClasses, let otherLabels)):
            classes == otherClasses && labels == otherLabels
        case (.regression(let values), .regression(let others)): areEqual(values, others)
        default: false
        }
    }
}
