import CZlib

/// Content that was packed with gzip, or with zlib (`deflate`).
package enum PackedContent {
    package enum Failure: Error, Equatable {
        /// The unpacked content is larger than the limit, in bytes.
        case tooLarge(limit: Int)
        case broken
    }

    /// Unpacks the content; stops once it is larger than `limit` bytes, so a small body cannot fill the memory.
    package static func unpack(_ packed: [UInt8], upTo limit: Int) throws(Failure) -> [UInt8] {
        do {
            return try unpack(packed, upTo: limit, windowBits: automatic)
        } catch .broken {
            // Some senders of `deflate` leave out the head of zlib's format (RFC 9110, 8.4.1.2).
            return try unpack(packed, upTo: limit, windowBits: raw)
        }
    }

    /// zlib's largest window, 2^15 bytes; 32 more: the head tells gzip from zlib; negative: no head.
    private static let (automatic, raw) = (CInt(15 + 32), CInt(-15))
    private static let pieceSize = 64 << 10

    private static func unpack(_ packed: [UInt8], upTo limit: Int, windowBits: CInt) throws(Failure)
        -> [UInt8]
    {
        guard !packed.isEmpty, packed.count < Int(UInt32.max) else { throw .broken }
        var (content, failure) = ([UInt8](), Failure?.none)
        // zlib does not write to its input, but its parameter has no const.
        var packed = packed
        unsafe packed.withUnsafeMutableBufferPointer { source in
            var stream = unsafe z_stream()
            unsafe stream.next_in = source.baseAddress
            unsafe stream.avail_in = UInt32(source.count)
            guard unsafe okai_inflate_init(&stream, windowBits) == Z_OK else { return failure = .broken }
            defer { unsafe inflateEnd(&stream) }
            while failure == nil {
                let status = unsafe inflatePiece(&stream, into: &content)
                if content.count > limit { failure = .tooLarge(limit: limit) }
                if status == Z_STREAM_END {
                    // A file may be several packed files in a row (RFC 1952, 2.2).
                    guard unsafe stream.avail_in > 0, unsafe inflateReset(&stream) == Z_OK else { return }
                } else if status != Z_OK {
                    failure = failure ?? .broken
                }
            }
        }
        if let failure { throw failure }
        return content
    }

    /// Appends at most ``pieceSize`` bytes; returns zlib's status.
    private static func inflatePiece(_ stream: inout z_stream, into content: inout [UInt8]) -> CInt {
        var status = Z_OK
        content += unsafe [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
            unsafe stream.next_out = buffer.baseAddress
            unsafe stream.avail_out = UInt32(pieceSize)
            status = unsafe inflate(&stream, Z_NO_FLUSH)
            unsafe count = pieceSize - Int(stream.avail_out)
        }
        return status
    }
}
