import Hummingbird

/// A range of a blob's bytes; both ends are included.
struct ByteRange: Equatable {
    let first: Int
    let last: Int

    var count: Int { last - first + 1 }

    /// Parses `Range: bytes=a-b`.
    ///
    /// Like Walrus, this server accepts only a single range, and only with both ends.
    init(header: String, size: Int) throws(WireError) {
        let ends = header.wholeMatch(of: /bytes=(\d{1,18})-(\d{1,18})/)
        guard let ends, let first = Int(ends.1), let last = Int(ends.2), first <= last, last < size else {
            throw .unsatisfiableRange
        }
        self.first = first
        self.last = last
    }

    /// Parses the query `?start=a&length=n`.
    init(_ parameters: Parameters, size: Int) throws(WireError) {
        guard parameters.count == 2, let start = parameters["start"].flatMap({ Int($0) }),
            let length = parameters["length"].flatMap({ Int($0) }), start >= 0, length > 0,
            length <= size, start <= size - length
        else { throw .invalidByteRange }
        first = start
        last = start + length - 1
    }

    /// The range of a whole blob of `size` bytes.
    init(all size: Int) {
        first = 0
        last = size - 1
    }
}

extension ResponseBody {
    private static let chunkSize = 256 << 10

    /// Streams a range of `file` from disk.
    static func file(_ file: BlobFile, _ range: ByteRange) -> ResponseBody {
        ResponseBody(contentLength: range.count) { writer in
            var sent = 0
            while sent < range.count {
                let chunk = try file.read(at: range.first + sent, upTo: min(range.count - sent, chunkSize))
                sent += chunk.count
                try await writer.write(ByteBuffer(bytes: chunk))
            }
            try await writer.finish(nil)
        }
    }
}
