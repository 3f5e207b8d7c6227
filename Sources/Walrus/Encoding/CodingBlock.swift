/// Some rows or some columns that are extended side by side, a slice of their symbols at a time.
///
/// Vector i holds symbol i of each of them, one after the other within a plane of low and a plane of high bytes. Up to
/// eight make up 256 elements, so that the work area of a thousand vectors stays within the second cache, and does not
/// grow with the symbols.
struct CodingBlock {
    private static let elements = 256

    /// How many rows or columns one has at most.
    static func capacity(symbolSize: Int) -> Int {
        max(1, min(8, 2 * elements / min(symbolSize, SymbolLayout.sliceSize)))
    }

    private let code: ReedSolomon
    private let work: Memory<UInt8>
    private var sliceSize = 0
    private var width = 0

    init(code: ReedSolomon) {
        self.code = code
        work = Memory(code.workVectors * 2 * Self.elements + SymbolLayout.sliceSize)
    }

    /// Computes the repair symbols of `members` rows or columns of which `count` symbols are given, the others zero.
    ///
    /// `slice` says where the slice of a symbol of a member begins.
    mutating func encode(
        members: Int,
        count: Int,
        sliceSize: Int,
        slice: (_ symbol: Int, _ member: Int) -> UnsafePointer<UInt8>
    ) {
        self.sliceSize = sliceSize
        width = (members * sliceSize / 2 + 63) / 64 * 64
        for symbol in 0..<count {
            // All low bytes, then all high bytes: a copy may spill into what comes next.
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

    /// The slice of a repair symbol; 32 bytes more may be written.
    @inline(__always)
    func copyRepair(_ symbol: Int, member: Int, to slice: UnsafeMutablePointer<UInt8>) {
        let low = unsafe lowBytes(symbol, member)
        unsafe SymbolLayout.join(low: low, high: low + width, size: sliceSize, into: slice)
    }

    /// The element of a repair symbol of two bytes.
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
