/// The distinct texts of a column, indexed in the order in which they first appear.
///
/// Of each text, the table stores the position of the first cell with the text, and the number of such cells.
struct LabelTable {
    struct Entry {
        let field: CSVField
        let hash: UInt64
        var count: Int
    }

    private(set) var entries: [Entry] = []
    /// Whether the column has more than `limit` distinct texts; the texts beyond the limit have no index.
    private(set) var isFull = false
    private let limit: Int
    /// The slots of a hash table with open addressing: an entry's index plus one, or 0 if the slot is free.
    ///
    /// At least half of the slots are free. All empty tables share one array: a chunk has three tables for each column,
    /// and most of them stay empty.
    private var slots = Self.free

    private static let free = [Int32](repeating: 0, count: 64)

    init(limit: Int) {
        self.limit = limit
    }

    /// Adds `count` to the number of cells with the text of `field`.
    ///
    /// - Returns: The index of the text; nil if the text is new and beyond the limit.
    mutating func index(of field: CSVField, in bytes: Span<UInt8>, count: Int = 1) -> Int? {
        let hash = Self.hash(field, bytes)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if entries[index].hash == hash, Self.areEqual(entries[index].field, field, bytes) {
                entries[index].count += count
                return index
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        guard entries.count < limit else {
            isFull = true
            return nil
        }
        entries.append(Entry(field: field, hash: hash, count: count))
        slots[slot] = Int32(entries.count)
        if entries.count * 2 > slots.count { grow() }
        return entries.count - 1
    }

    private mutating func grow() {
        slots = [Int32](repeating: 0, count: slots.count * 4)
        for (index, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(index + 1)
        }
    }

    /// The FNV-1a hash.
    ///
    /// The upper half is combined into the lower bits, because the lower bits select the slot.
    private static func hash(_ field: CSVField, _ bytes: Span<UInt8>) -> UInt64 {
        var hash: UInt64 = field.hasDoubledQuotes ? 1 : 0xcbf2_9ce4_8422_2325
        for index in field.start..<field.end { hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3 }
        return hash ^ hash >> 32
    }

    private static func areEqual(_ one: CSVField, _ other: CSVField, _ bytes: Span<UInt8>) -> Bool {
        guard one.end - one.start == other.end - other.start, one.hasDoubledQuotes == other.hasDoubledQuotes
        else { return false }
        return (0..<one.end - one.start).allSatisfy { bytes[one.start + $0] == bytes[other.start + $0] }
    }
}
