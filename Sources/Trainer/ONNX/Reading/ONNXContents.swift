/// The contents of an ONNX file that the reader needs: lists and tensors by name, and the metadata.
struct ONNXContents {
    private(set) var metadata: [String: String] = [:]
    private var integers: [String: [Int32]] = [:]
    private var floats: [String: [Float]] = [:]
    private var doubles: [String: [Double]] = [:]

    /// Reads a ModelProto message.
    init(_ bytes: Span<UInt8>) throws(ONNXError) {
        try forEachField(bytes, 0..<bytes.count) { contents, number, value throws(ONNXError) in
            switch (number, value) {
            case (7, .delimited(let graph)): try contents.readGraph(bytes, graph)
            case (14, .delimited(let entry)): try contents.readMetadata(bytes, entry)
            default: break
            }
        }
    }

    /// The list of integers with this name; if `count` is given, the list must have that many elements.
    func integers(_ name: String, count: Int? = nil) throws(ONNXError) -> [Int32] {
        try Self.checked(integers[name] ?? [], name, count)
    }

    func floats(_ name: String, count: Int? = nil) throws(ONNXError) -> [Float] {
        try Self.checked(floats[name] ?? [], name, count)
    }

    func doubles(_ name: String, count: Int? = nil) throws(ONNXError) -> [Double] {
        try Self.checked(doubles[name] ?? [], name, count)
    }

    /// The constant of the graph with this name, which begins with ``ONNXGraph/ownPrefix``.
    ///
    /// Trainers up to version 5 wrote a slash in place of the prefix.
    func constant(_ name: String, count: Int? = nil) throws(ONNXError) -> [Double] {
        let old = "/\(name.dropFirst(ONNXGraph.ownPrefix.count))"
        return try doubles(doubles[old] == nil ? name : old, count: count)
    }

    private static func checked<Element>(
        _ list: [Element],
        _ name: String,
        _ count: Int?
    ) throws(ONNXError) -> [Element] {
        guard list.count == count ?? list.count else {
            throw .malformed("\(name) has \(list.count) entries, not \(count ?? 0)")
        }
        return list
    }

    /// Calls `body` with the number and value of each field of the message at `range`.
    private mutating func forEachField(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        _ body: (inout ONNXContents, Int, ProtobufReader.Value) throws(ONNXError) -> Void
    ) throws(ONNXError) {
        var reader = ProtobufReader(range)
        while let field = try reader.next(bytes) { try body(&self, field.number, field.value) }
    }

    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        String(decoding: range.map { bytes[$0] }, as: UTF8.self)
    }

    private mutating func readMetadata(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ONNXError) {
        var (key, value) = ("", "")
        try forEachField(bytes, range) { _, number, field throws(ONNXError) in
            guard case .delimited(let range) = field else { return }
            if number == 1 { key = Self.text(bytes, range) }
            if number == 2 { value = Self.text(bytes, range) }
        }
        metadata[key] = value
    }

    private mutating func readGraph(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ONNXError) {
        try forEachField(bytes, range) { contents, number, value throws(ONNXError) in
            switch (number, value) {
            case (1, .delimited(let node)): try contents.readNode(bytes, node)
            case (5, .delimited(let constant)): try contents.readTensor(bytes, constant, name: nil)
            default: break
            }
        }
    }

    private mutating func readNode(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ONNXError) {
        try forEachField(bytes, range) { contents, number, value throws(ONNXError) in
            guard number == 5, case .delimited(let range) = value else { return }
            try contents.readAttribute(bytes, range)
        }
    }

    private mutating func readAttribute(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(ONNXError) {
        var name = ""
        var (integers, floats): ([Int32], [Float]) = ([], [])
        try forEachField(bytes, range) { contents, number, value throws(ONNXError) in
            switch (number, value) {
            case (1, .delimited(let range)): name = Self.text(bytes, range)
            case (5, .delimited(let range)): try contents.readTensor(bytes, range, name: name)
            case (7, .fixed32(let bits)): floats.append(Float(bitPattern: bits))
            case (8, .varint(let number)): integers.append(Int32(truncatingIfNeeded: number))
            default: break
            }
        }
        if !integers.isEmpty { self.integers[name] = integers }
        if !floats.isEmpty { self.floats[name] = floats }
    }

    /// Stores the tensor if its elements are doubles.
    ///
    /// Other tensors are skipped, because a model can be restored without them.
    private mutating func readTensor(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>,
        name: String?
    ) throws(ONNXError) {
        var (name, type, raw) = (name, UInt64(0), 0..<0)
        try forEachField(bytes, range) { _, number, value throws(ONNXError) in
            switch (number, value) {
            case (2, .varint(let number)): type = number
            case (8, .delimited(let range)): name = Self.text(bytes, range)
            case (9, .delimited(let range)): raw = range
            default: break
            }
        }
        guard let name, type == UInt64(ONNXGraph.ElementType.double.rawValue) else { return }
        guard raw.count.isMultiple(of: 8) else { throw .malformed(name) }
        doubles[name] = stride(from: raw.lowerBound, to: raw.upperBound, by: 8).map { start in
            Double(bitPattern: (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64($1 * 8) })
        }
    }
}
