import Hummingbird

/// A part of a blob.
struct ByteRange: Equatable {
    let first: Int
    let last: Int

    var count: Int { last - first + 1 }

    /// Reads `Range: bytes=a-b`: one range, both ends given, as Walrus allows it.
    init(header: String, size: Int) throws(WireError) {
        let ends = header.wholeMatch(of: /bytes=(\d{1,18})-(\d{1,18})/)
        guard let ends, let first = Int(ends.1), let last = Int(ends.2), first <= last, last < size else {
            throw .unsatisfiableRange
        }
        self.first = first
        self.last = last
    }

    /// Reads `?start=a&length=n`.
    init(_ parameters: Parameters, size: Int) throws(WireError) {
        guard parameters.count == 2, let start = parameters["start"].flatMap({ Int($0) }),
            let length = parameters["length"].flatMap({ Int($0) }), start >= 0, length > 0,
            length <= size, start <= size - length
        else { throw .invalidByteRange }
        first = start
        last = start + length - 1
    }

    /// All of a blob of `size` bytes.
    init(all size: Int) {
        first = 0
        last = size - 1
    }
}

extension ResponseBody {
    private static let chunkSize = 256 << 10

    /// A part of `file`, read as it is sent.
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
