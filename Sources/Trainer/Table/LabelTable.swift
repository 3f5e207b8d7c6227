/// The different texts of a column, numbered as they come; each is remembered by where it first stood.
struct LabelTable {
    struct Entry {
        let field: CSVField
        let hash: UInt64
        var count: Int
    }

    private(set) var entries: [Entry] = []
    /// Whether there are more than `limit` texts, of which the others have no number.
    private(set) var isFull = false
    private let limit: Int
    /// Open addressing: an entry's number plus one, 0 where the slot is free, as at least half are.
    private var slots = [Int32](repeating: 0, count: 64)

    init(limit: Int) {
        self.limit = limit
    }

    /// The number of a field's text, which is counted; nil beyond the limit.
    mutating func number(of field: CSVField, in bytes: Span<UInt8>, count: Int = 1) -> Int? {
        let hash = Self.hash(field, bytes)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            if entries[number].hash == hash, Self.areEqual(entries[number].field, field, bytes) {
                entries[number].count += count
                return number
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
        for (number, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number + 1)
        }
    }

    /// FNV-1a, its upper bits folded into the lower ones that choose a slot.
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
