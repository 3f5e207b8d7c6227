/// A Protocol Buffers message whose size is known before it is written, so that large files can be streamed.
struct ProtobufMessage {
    /// Writes bytes to the file.
    typealias Sink = (_ bytes: [UInt8]) throws -> Void
    /// A function that calls its argument with each element of a list.
    ///
    /// A message calls the function twice: first to compute the size, then to write the bytes.
    typealias List<Element> = ((Element) -> Void) -> Void

    private struct Field {
        let size: Int
        let write: (Sink) throws -> Void
    }

    private var fields: [Field] = []

    /// The size in bytes.
    var size: Int { fields.reduce(0) { $0 + $1.size } }

    func write(_ sink: Sink) throws {
        for field in fields { try field.write(sink) }
    }

    mutating func add(_ number: Int, integer: Int64) {
        add { bytes in
            bytes.appendTag(number, .varint)
            bytes.appendVarint(integer)
        }
    }

    mutating func add(_ number: Int, text: String) {
        add { bytes in
            bytes.appendTag(number, .delimited)
            bytes.appendVarint(Int64(text.utf8.count))
            bytes.append(text.utf8)
        }
    }

    mutating func add(_ number: Int, message: ProtobufMessage) {
        add { bytes in
            bytes.appendTag(number, .delimited)
            bytes.appendVarint(Int64(message.size))
        }
        fields.append(Field(size: message.size, write: message.write))
    }

    /// Adds a repeated field; each element has its own tag.
    mutating func add(_ number: Int, integers: @escaping List<Int>) {
        add(integers) { bytes, value in
            bytes.appendTag(number, .varint)
            bytes.appendVarint(Int64(value))
        }
    }

    mutating func add(_ number: Int, floats: @escaping List<Float>) {
        add(floats) { bytes, value in
            bytes.appendTag(number, .fixed32)
            bytes.appendFixed(value.bitPattern)
        }
    }

    mutating func add(_ number: Int, texts: @escaping List<String>) {
        add(texts) { bytes, text in
            bytes.appendTag(number, .delimited)
            bytes.appendVarint(Int64(text.utf8.count))
            bytes.append(text.utf8)
        }
    }

    /// Adds one field with the bytes of all elements, as in a tensor's `raw_data`.
    mutating func add<Element: FixedWidthInteger>(_ number: Int, raw: @escaping List<Element>) {
        let values = Self.field(raw) { bytes, value in bytes.appendFixed(value) }
        add { bytes in
            bytes.appendTag(number, .delimited)
            bytes.appendVarint(Int64(values.size))
        }
        fields.append(values)
    }

    private mutating func add(_ encode: (inout ProtobufBytes) -> Void) {
        var encoded = ProtobufBytes()
        encode(&encoded)
        fields.append(Field(size: encoded.bytes.count) { [bytes = encoded.bytes] sink in try sink(bytes) })
    }

    @inline(__always)
    private mutating func add<Element>(
        _ list: @escaping List<Element>,
        _ encode: @escaping (inout ProtobufBytes, Element) -> Void
    ) {
        fields.append(Self.field(list, encode))
    }

    @inline(__always)
    private static func field<Element>(
        _ list: @escaping List<Element>,
        _ encode: @escaping (inout ProtobufBytes, Element) -> Void
    ) -> Field {
        var (size, one) = (0, ProtobufBytes())
        list { element in
            one.removeAll()
            encode(&one, element)
            size += one.bytes.count
        }
        return Field(size: size) { sink in
            var (chunk, failure) = (ProtobufBytes(), (any Error)?.none)
            list { element in
                encode(&chunk, element)
                guard chunk.bytes.count >= ProtobufBytes.chunk, failure == nil else { return }
                do { try sink(chunk.bytes) } catch { failure = error }
                chunk.removeAll()
            }
            if let failure { throw failure }
            try sink(chunk.bytes)
        }
    }
}
