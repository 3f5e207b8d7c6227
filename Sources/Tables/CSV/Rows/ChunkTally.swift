/// What the reader counts while it reads one chunk.
///
/// It is a class because the reader would copy a structure of this size for each row.
final class ChunkTally {
    var findings: [ColumnFindings]
    var oddRows: OddRows

    init(findings: [ColumnFindings], oddRows: OddRows) {
        (self.findings, self.oddRows) = (findings, oddRows)
    }
}
