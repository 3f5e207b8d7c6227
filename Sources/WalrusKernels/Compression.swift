internal import CIntrinsics

/// The compression function of BLAKE2b (RFC 7693, section 3.2), for one message in each lane.
///
/// Vector i holds word i of all messages, so the code follows the RFC with vectors in place of words. The cost is 12
/// rounds of 8 mixings. A mixing takes 14 vector operations, or 18 with AVX2, where a rotation takes up to three
/// operations.
enum Compression {
    /// 16 words of each message.
    typealias Block = InlineArray<16, Lanes>
    /// The chained state.
    ///
    /// After the last block, the first four words of the state are the digest.
    typealias State = InlineArray<8, Lanes>

    private static let iv: InlineArray<8, UInt64> = [
        0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
        0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f, 0x1f83_d9ab_fb41_bd6b, 0x5be0_cd19_137e_2179,
    ]

    /// The state before the first block.
    ///
    /// 0x01010020 is the parameter block: digest length 32, no key, fanout and depth 1.
    @inline(__always)
    static var initialState: State {
        var state = State(repeating: Lanes())
        for index in 0..<8 { state[index] = Lanes(repeating: iv[index]) }
        state[0] ^= Lanes(repeating: 0x0101_0020)
        return state
    }

    /// Mixes a block into the state; `total` is the number of message bytes up to and including this block.
    @inline(__always)
    static func compress(_ h: inout State, _ m: Block, total: UInt64, isLast: Bool) {
        var v = Block(repeating: Lanes())
        for index in 0..<8 { (v[index], v[index + 8]) = (h[index], Lanes(repeating: iv[index])) }
        v[12] ^= Lanes(repeating: total)
        if isLast { v[14] ^= Lanes(repeating: ~0) }
        round(&v, m, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
        round(&v, m, [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3])
        round(&v, m, [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4])
        round(&v, m, [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8])
        round(&v, m, [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13])
        round(&v, m, [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9])
        round(&v, m, [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11])
        round(&v, m, [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10])
        round(&v, m, [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5])
        round(&v, m, [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0])
        round(&v, m, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
        round(&v, m, [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3])
        for index in 0..<8 { h[index] ^= v[index] ^ v[index + 8] }
    }

    /// Four column and four diagonal mixings; `order` is the round's permutation of the message words.
    ///
    /// Each caller passes a literal, so that the compiler knows all indices.
    @inline(__always)
    private static func round(_ v: inout Block, _ m: Block, _ order: InlineArray<16, Int>) {
        mix(&v, 0, 4, 8, 12, m[order[0]], m[order[1]])
        mix(&v, 1, 5, 9, 13, m[order[2]], m[order[3]])
        mix(&v, 2, 6, 10, 14, m[order[4]], m[order[5]])
        mix(&v, 3, 7, 11, 15, m[order[6]], m[order[7]])
        mix(&v, 0, 5, 10, 15, m[order[8]], m[order[9]])
        mix(&v, 1, 6, 11, 12, m[order[10]], m[order[11]])
        mix(&v, 2, 7, 8, 13, m[order[12]], m[order[13]])
        mix(&v, 3, 4, 9, 14, m[order[14]], m[order[15]])
    }

    @inline(__always)
    private static func mix(
        _ v: inout Block,
        _ a: Int,
        _ b: Int,
        _ c: Int,
        _ d: Int,
        _ x: Lanes,
        _ y: Lanes
    ) {
        v[a] = v[a] &+ v[b] &+ x
        v[d] = lanes_rotated_right(v[d] ^ v[a], 32)
        v[c] = v[c] &+ v[d]
        v[b] = lanes_rotated_right(v[b] ^ v[c], 24)
        v[a] = v[a] &+ v[b] &+ y
        v[d] = lanes_rotated_right(v[d] ^ v[a], 16)
        v[c] = v[c] &+ v[d]
        v[b] = lanes_rotated_right(v[b] ^ v[c], 63)
    }
}
