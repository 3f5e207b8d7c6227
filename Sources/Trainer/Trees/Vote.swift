/// A leaf's vote for one class, in 4 bytes: the class, the units of the vote, and whether the vote is the leaf's last.
struct Vote: Equatable, Sendable, BitwiseCopyable {
    /// `last << 31 | label << 18 | units`: at most 8,192 classes and 262,143 units.
    private let packed: UInt32

    init(label: Int, units: Int, isLast: Bool) {
        packed = UInt32(units) | UInt32(label) << 18 | (isLast ? 1 << 31 : 0)
    }

    var label: Int { Int(packed >> 18 & 0x1FFF) }
    var units: UInt32 { packed & 0x3FFFF }
    var isLast: Bool { packed >> 31 == 1 }
}

extension DecisionTree<Vote> {
    /// The votes of the leaf whose first vote is at `index`.
    func votes(from index: Int) -> ArraySlice<Vote> {
        let last = leaves[index...].firstIndex(where: \.isLast) ?? index
        return leaves[index...last]
    }

    /// Adds a leaf that divides `units` among the classes in proportion to `counts`.
    ///
    /// Returns the index of the leaf's first vote.
    mutating func appendVotes(_ units: Int, by counts: [Int]) -> Int {
        let first = leaves.count
        let shares = VoteUnits.share(units, by: counts)
        let last = shares.lastIndex { $0 > 0 }
        for (label, units) in shares.enumerated() where units > 0 {
            leaves.append(Vote(label: label, units: units, isLast: label == last))
        }
        return first
    }
}

/// The units of votes.
///
/// Each leaf divides the same number of units among classes. Units are integers, so that sums are exact in any order.
enum VoteUnits {
    /// The number of units of a leaf in a forest of `trees` trees.
    ///
    /// The sum of units over all trees fits in the 24 bits of a 32-bit float's significand.
    static func perLeaf(trees: Int) -> Int {
        guard trees > 256 else { return 65_536 }
        let bits = Int.bitWidth - (trees - 1).leadingZeroBitCount
        return 1 << (24 - bits)
    }

    /// Divides `units` in proportion to `counts` by the largest remainder method; ties go to the lower class.
    static func share(_ units: Int, by counts: [Int]) -> [Int] {
        let total = counts.reduce(0, +)
        var shares = counts.map { $0 * units / total }
        let missing = units - shares.reduce(0, +)
        guard missing > 0 else { return shares }
        let byRemainder = counts.indices.filter { counts[$0] > 0 }.sorted {
            let (left, right) = (counts[$0] * units % total, counts[$1] * units % total)
            return left == right ? $0 < $1 : left > right
        }
        for index in byRemainder.prefix(missing) { shares[index] += 1 }
        return shares
    }
}
