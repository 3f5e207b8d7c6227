/// The work area in which up to eight rows or columns (its *members*) are extended together, one slice at a time.
///
/// Vector i holds symbol i of each member, in a plane of low bytes and a plane of high bytes. A vector has at most 256
/// elements, so that a thousand vectors fit into the level 2 cache, whatever the size of a symbol.
struct CodingBlock {
    private static let elements = 256

    /// The largest number of members for symbols of this size.
    static func capacity(symbolSize: Int) -> Int {
        max(1, min(8, 2 * elements / min(symbolSize, SymbolLayout.sliceSize)))
    }

    private let code: ReedSolomon
    private let work: ZeroedBuffer<UInt8>
    private var sliceSize = 0
    private var width = 0

    init(code: ReedSolomon) {
        self.code = code
        work = ZeroedBuffer(code.workVectors * 2 * Self.elements + SymbolLayout.sliceSize)
    }

    /// Computes a slice of the repair symbols of `members` rows or columns.
    ///
    /// `slice` is called for the first `count` symbols of each member, and returns the address of the symbol's slice.
    /// The remaining symbols are taken as zero.
    mutating func encode(
        members: Int,
        count: Int,
        sliceSize: Int,
        slice: (_ symbol: Int, _ member: Int) -> UnsafePointer<UInt8>
    ) {
        self.sliceSize = sliceSize
        width = (members * sliceSize / 2 + 63) / 64 * 64
        for symbol in 0..<count {
            // All low bytes are copied before the high bytes, because a copy may overwrite the memory behind its
            // target.
            for member in 0..<members {
                unsafe SymbolLayout.copyLowBytes(
                    of: slice(symbol, member),
                    size: sliceSize,
                    to: lowBytes(symbol, member)
                )
            }
            for member in 0..<members {
                unsafe SymbolLayout.copyHighBytes(
                    of: slice(symbol, member),
                    size: sliceSize,
                    to: lowBytes(symbol, member) + width
                )
            }
        }
        let rest = (code.workVectors - count) * 2 * width
        unsafe (work.start + count * 2 * width).update(repeating: 0, count: rest)
        unsafe code.encode(work.start, width: width, count: count)
    }

    /// Copies the slice of a repair symbol to `slice`; the copy may also overwrite up to 32 bytes behind it.
    @inline(__always)
    func copyRepair(_ symbol: Int, member: Int, to slice: UnsafeMutablePointer<UInt8>) {
        let low = unsafe lowBytes(symbol, member)
        unsafe SymbolLayout.join(low: low, high: low + width, size: sliceSize, into: slice)
    }

    /// A repair symbol of two bytes as a field element.
    @inline(__always)
    func repairElement(_ symbol: Int, member: Int) -> Int {
        let low = unsafe lowBytes(symbol, member)
        return unsafe Int(low[0]) | Int(low[width]) << 8
    }

    @inline(__always)
    private func lowBytes(_ symbol: Int, _ member: Int) -> UnsafeMutablePointer<UInt8> {
        unsafe work.start + symbol * 2 * width + member * sliceSize / 2
    }
}
