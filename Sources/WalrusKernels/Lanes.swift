internal import CIntrinsics

/// A vector of 64-bit words, one for each message that is hashed at the same time: eight with AVX-512, otherwise four.
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

    /// The lanes with even index of `a`, then those of `b`.
    @inline(__always)
    static func evens(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(lowHalf: a.evenHalf, highHalf: b.evenHalf) }

    /// The lanes with odd index of `a`, then those of `b`.
    @inline(__always)
    static func odds(_ a: Lanes, _ b: Lanes) -> Lanes { Lanes(lowHalf: a.oddHalf, highHalf: b.oddHalf) }
}

/// A square matrix of 64-bit words: one row per lane.
///
/// With four lanes only the first four rows are used.
typealias Square = InlineArray<8, Lanes>

extension Square {
    /// Exchanges rows and columns.
    ///
    /// Each pass rotates the bits of an element's address (row index, then lane index) by one position. After as many
    /// passes as a lane index has bits, row and lane are exchanged. An output vector of a pass takes one instruction
    /// with AVX-512 and two with AVX2.
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
