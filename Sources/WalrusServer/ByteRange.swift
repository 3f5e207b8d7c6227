import Foundation
import Hummingbird

/// `Range: bytes=a-b`: one range, both ends given, as Walrus allows it.
struct ByteRange: Equatable {
    let first: Int
    let last: Int

    init(_ header: String, size: Int) throws(WireError) {
        let ends = header.wholeMatch(of: /bytes=(\d{1,18})-(\d{1,18})/)
        guard let ends, let first = Int(ends.1), let last = Int(ends.2), first <= last, last < size else {
            throw .unsatisfiableRange
        }
        self.first = first
        self.last = last
    }
}

extension ResponseBody {
    private static let chunkSize = 256 << 10

    /// A part of the file at `path`, read as it is sent.
    static func file(_ path: String, slice: Range<Int>) throws -> ResponseBody {
        let handle = try FileHandle(forReadingFrom: URL(filePath: path))
        return ResponseBody(contentLength: slice.count) { writer in
            try handle.seek(toOffset: UInt64(slice.lowerBound))
            var left = slice.count
            while left > 0, let chunk = try handle.read(upToCount: min(left, chunkSize)), !chunk.isEmpty {
                left -= chunk.count
                try await writer.write(ByteBuffer(bytes: chunk))
            }
            try handle.close()
            try await writer.finish(nil)
        }
    }
}
