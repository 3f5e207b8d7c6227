/// The names of the columns, repaired as a person would: no name is empty, and no name occurs twice.
struct CSVNames {
    let names: [String]
    /// The columns that have no name in the header.
    let unnamed: Set<Int>
    /// The names that occurred more than once.
    let repeated: [String]

    /// Repairs the names of a header.
    ///
    /// As in pandas, a column without a name is `Unnamed: 3`, counted from 0, and the second column `b` is `b.1`.
    init(header: [String]) {
        let header = header.map(Self.visible)
        var taken = Set(header)
        var (counts, repeated): ([String: Int], [String]) = ([:], [])
        var unnamed: Set<Int> = []
        names = header.enumerated().map { index, written in
            if written.isEmpty { unnamed.insert(index) }
            let name = written.isEmpty ? "Unnamed: \(index)" : written
            guard let count = counts[name] else {
                counts[name] = 0
                return name
            }
            if count == 0 { repeated.append(name) }
            var next = count + 1
            while !taken.insert("\(name).\(next)").inserted { next += 1 }
            counts[name] = next
            return "\(name).\(next)"
        }
        (self.unnamed, self.repeated) = (unnamed, repeated)
    }

    /// `name` without signs at its ends that nobody sees: byte order marks, zero-width spaces and joiners.
    private static func visible(_ name: String) -> String {
        let hidden = name.unicodeScalars.contains { isInvisible($0) }
        guard hidden else { return name }
        var scalars = name.unicodeScalars[...]
        while let first = scalars.first, isInvisible(first) { scalars.removeFirst() }
        while let last = scalars.last, isInvisible(last) { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{FEFF}" || ("\u{200B}"..."\u{200F}").contains(scalar) || scalar == "\u{2060}"
    }

    /// The names `c0`, `c1`, … of a table without a header.
    init(columns: Int) {
        names = (0..<columns).map { "c\($0)" }
        (unnamed, repeated) = ([], [])
    }
}
