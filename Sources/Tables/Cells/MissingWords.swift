/// The words that count as missing in a file: the usual ones, and those that a person gave.
struct MissingWords: Sendable {
    /// The words that a person gave, in lower case.
    private let words: Set<[UInt8]>
    /// Those that are numbers.
    let numbers: [Double]

    init(_ words: [String] = []) {
        self.words = Set(words.map { Array($0.lowercased().utf8) })
        numbers = words.compactMap { Double($0) }
    }

    /// What a cell means that is no number in the notation of its column.
    func cell(_ field: CSVField, _ bytes: Span<UInt8>) -> MissingCell {
        let cell = MissingCell(field, bytes)
        guard cell != .missing, !words.isEmpty else { return cell }
        let text = field.range.map { index in
            let byte = bytes[index]
            return (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
        }
        return words.contains(text) ? .missing : cell
    }
}
