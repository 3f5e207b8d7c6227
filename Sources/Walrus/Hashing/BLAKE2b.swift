/// BLAKE2b with 32 bytes of output and no key (RFC 7693), one message at a time.
enum BLAKE2b {
    private static let iv: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179
    )

    /// A block of 128 bytes as 16 little-endian words.
    typealias Block = InlineArray<16, UInt64>
    /// The chained state; its first four words are the digest in the end.
    typealias State = InlineArray<8, UInt64>

    /// The state before the first block: parameter block `digest length 32, fanout 1, depth 1`.
    static var initialState: State {
        [iv.0 ^ 0x0101_0020, iv.1, iv.2, iv.3, iv.4, iv.5, iv.6, iv.7]
    }

    /// The hash of `prefix` followed by `bytes`.
    static func hash(prefix: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) -> Digest {
        var state = initialState
        var block = Block(repeating: 0)
        block[0] = UInt64(prefix)
        var (filled, total) = (1, 1)
        for index in bytes.indices {
            if filled == 128 {
                compress(&state, block, total: UInt64(total), isLast: false)
                (block, filled) = (Block(repeating: 0), 0)
            }
            block[filled >> 3] |= UInt64(unsafe bytes[index]) &<< UInt64((filled & 7) * 8)
            filled += 1
            total += 1
        }
        compress(&state, block, total: UInt64(total), isLast: true)
        return Digest(state[0], state[1], state[2], state[3])
    }

    /// Mixes one block into the state; `total` is how many bytes were hashed with it.
    ///
    /// 12 rounds of 8 mixings, about 1,100 operations.
    static func compress(_ h: inout State, _ m: Block, total: UInt64, isLast: Bool) {
        var v: InlineArray<16, UInt64> = [
            h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], iv.0, iv.1, iv.2, iv.3, iv.4 ^ total, iv.5,
            isLast ? ~iv.6 : iv.6, iv.7,
        ]
        round(&v, m, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        round(&v, m, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
        round(&v, m, 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4)
        round(&v, m, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8)
        round(&v, m, 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13)
        round(&v, m, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9)
        round(&v, m, 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11)
        round(&v, m, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10)
        round(&v, m, 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5)
        round(&v, m, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0)
        round(&v, m, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        round(&v, m, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
        for index in 0..<8 { h[index] ^= v[index] ^ v[index + 8] }
    }

    /// Four column and four diagonal mixings, with the message words in the round's order.
    @inline(__always)
    private static func round(
        _ v: inout InlineArray<16, UInt64>,
        _ m: Block,
        _ s0: Int,
        _ s1: Int,
        _ s2: Int,
        _ s3: Int,
        _ s4: Int,
        _ s5: Int,
        _ s6: Int,
        _ s7: Int,
        _ s8: Int,
        _ s9: Int,
        _ s10: Int,
        _ s11: Int,
        _ s12: Int,
        _ s13: Int,
        _ s14: Int,
        _ s15: Int
    ) {
        mix(&v, 0, 4, 8, 12, m[s0], m[s1])
        mix(&v, 1, 5, 9, 13, m[s2], m[s3])
        mix(&v, 2, 6, 10, 14, m[s4], m[s5])
        mix(&v, 3, 7, 11, 15, m[s6], m[s7])
        mix(&v, 0, 5, 10, 15, m[s8], m[s9])
        mix(&v, 1, 6, 11, 12, m[s10], m[s11])
        mix(&v, 2, 7, 8, 13, m[s12], m[s13])
        mix(&v, 3, 4, 9, 14, m[s14], m[s15])
    }

    @inline(__always)
    private static func mix(
        _ v: inout InlineArray<16, UInt64>,
        _ a: Int,
        _ b: Int,
        _ c: Int,
        _ d: Int,
        _ x: UInt64,
        _ y: UInt64
    ) {
        v[a] = v[a] &+ v[b] &+ x
        v[d] = rotate(v[d] ^ v[a], 32)
        v[c] = v[c] &+ v[d]
        v[b] = rotate(v[b] ^ v[c], 24)
        v[a] = v[a] &+ v[b] &+ y
        v[d] = rotate(v[d] ^ v[a], 16)
        v[c] = v[c] &+ v[d]
        v[b] = rotate(v[b] ^ v[c], 63)
    }

    @inline(__always)
    private static func rotate(_ x: UInt64, _ bits: UInt64) -> UInt64 {
        x &>> bits | x &<< (64 &- bits)
    }
}
