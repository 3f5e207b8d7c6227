/// Hashes symbols into leaves: `H(0x00 || symbol)`.
///
/// A small blob has symbols of two bytes, of which there are only 65,536: their hashes are made once.
@safe final class LeafHasher {
    private let symbolSize: Int

    private static let ofTwoBytes: [Digest] = (0..<65_536).map { value in
        let bytes = [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
        return unsafe bytes.withUnsafeBufferPointer { unsafe BLAKE2b.hash(prefix: MerkleTree.leafPrefix, $0) }
    }

    init(symbolSize: Int) {
        self.symbolSize = symbolSize
    }

    /// The leaf of the symbol with these elements.
    func leaf(_ elements: UnsafePointer<UInt16>) -> Digest {
        guard symbolSize > 2 else { return Self.ofTwoBytes[Int(unsafe elements[0])] }
        return unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: symbolSize) { bytes in
            guard let base = bytes.baseAddress else { return .zero }
            unsafe SymbolLayout.store(elements, size: symbolSize, into: base)
            return unsafe BLAKE2b.hash(prefix: MerkleTree.leafPrefix, UnsafeBufferPointer(bytes))
        }
    }
}
