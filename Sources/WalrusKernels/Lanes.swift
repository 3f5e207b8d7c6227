internal import CIntrinsics

/// Eight words of 64 bits with AVX-512, else four: one of each message that is hashed at once.
typealias Lanes = lanes

extension Lanes {
    @inline(__always)
    init<Word>(at start: UnsafePointer<Word>) {
        self = unsafe UnsafeRawPointer(start).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    func store<Word>(at start: UnsafeMutablePointer<Word>) {
        unsafe UnsafeMutableRawPointer(start).storeBytes(of: self, as: Lanes.self)
    }

    /// The lanes of even index of `a`, then those of `b`.
    @inline(__always)
    static func evens(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(lowHalf: a.evenHalf, highHalf: b.evenHalf) }

    /// The lanes of odd index of `a`, then those of `b`.
    @inline(__always)
    static func odds(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(lowHalf: a.oddHalf, highHalf: b.oddHalf) }
}

/// As many vectors as a vector has lanes, of which the first are used where that is four.
typealias Square = InlineArray<8, Lanes>

extension Square {
    /// Rows become columns.
    ///
    /// A pass rotates the bits of an element's address (row, then lane) by one; as many passes as a lane's index has
    /// bits exchange the two. One instruction an output with AVX-512, two with AVX2.
    @inline(__always)
    func transposed() -> Square {
        var (rows, passes) = (self, 1)
        while passes < Lanes.scalarCount {
            let half = Lanes.scalarCount / 2
            var next = rows
            for index in 0..<half {
                next[index] = .evens(rows[2 * index], rows[2 * index + 1])
                next[half + index] = .odds(rows[2 * index], rows[2 * index + 1])
            }
            rows = next
            passes *= 2
        }
        return rows
    }
}
