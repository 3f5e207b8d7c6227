import Contract

/// The mark before a column's name where people choose what to predict.
enum TargetMark: String, CaseIterable {
    case guess = "★"
    case date = "📅"
    case leftOut = "◌"

    /// The most characters of a toast.
    private static let toastLimit = 200

    /// Nil for a column that can be predicted like most.
    init?(of column: Int, in table: BlobCard.Table) {
        switch table.kind(of: column) {
        case .date?: self = .date
        case .leftOut?: self = .leftOut
        case _ where table.columns[column] == table.target && table.obstacle == nil: self = .guess
        case .number?, .text?, nil: return nil
        }
    }

    /// The line that explains the mark.
    var meaning: String {
        switch self {
        case .guess: "★ is the most likely target."
        case .date: "📅 is a date, which cannot be predicted."
        case .leftOut: "◌ is hard to predict: it names rows, has free text or is empty."
        }
    }

    /// Why a training that predicts the column must fail; nil if it may succeed.
    ///
    /// Only for a training with default settings, which the card tells of.
    static func refusal(of column: Int, in table: BlobCard.Table) -> String? {
        let name = ReadingText.short(table.columns[column])
        if let obstacle = table.obstacle, table.columns[column] == table.target {
            return String(obstacle.prefix(toastLimit))
        }
        switch table.kind(of: column) {
        case .date?: return "\(name) is a date, which cannot be predicted. Choose another column."
        case .leftOut? where table.isEmpty(column):
            return "\(name) is empty, so there is nothing to predict. Choose another column."
        case .leftOut?, .number?, .text?, nil: return nil
        }
    }

    /// A warning about a column that would otherwise be left out; nil for the others.
    static func doubt(on column: Int, in table: BlobCard.Table) -> String? {
        guard table.kind(of: column) == .leftOut else { return nil }
        let reason = table.notes?.first { $0.column == column }?.leftOut
        return "\(ReadingText.short(table.columns[column])) is hard to predict"
            + (reason.map { ": \($0)." } ?? ".")
    }
}

extension BlobCard.Table {
    /// Whether all cells of the column are missing.
    fileprivate func isEmpty(_ column: Int) -> Bool {
        guard let missing, missing.indices.contains(column) else { return false }
        return missing[column] == rows
    }

    /// The kind of the column at an index of `columns`; nil if the card does not say it.
    func kind(of column: Int) -> BlobCard.ColumnKind? {
        kinds.flatMap { $0.indices.contains(column) ? $0[column] : nil }
    }
}
