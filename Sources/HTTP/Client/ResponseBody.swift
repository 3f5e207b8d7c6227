/// The body of a response as a sequence of chunks, which can be iterated once.
package struct ResponseBody: AsyncSequence, Sendable {
    package typealias Element = [UInt8]

    private let reader: ResponseReader

    init(_ reader: ResponseReader) {
        self.reader = reader
    }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let reader: ResponseReader

        package mutating func next() async throws -> [UInt8]? {
            try await reader.nextChunk()
        }
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: reader)
    }

    /// Reads the whole body.
    ///
    /// - Throws: ``TransferError`` of kind `tooLarge` as soon as more than `limit` bytes have arrived; another
    ///   ``TransferError`` or `CancellationError` if the response ends before it is complete.
    package func collect(upTo limit: Int) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await chunk in self {
            guard body.count + chunk.count <= limit else {
                throw TransferError(
                    .tooLarge,
                    "the response is larger than \(limit) bytes",
                    requestMayHaveArrived: true
                )
            }
            body += chunk
        }
        return body
    }
}
