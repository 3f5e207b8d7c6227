import CLibcurl
import HTTPTypes

/// One exchange in flight: joins the easy handle's callbacks to the response's pipe.
///
/// The callbacks get this object unretained, which is sound because it owns the handle that calls them.
@safe final class Transfer {
    let pipe: ResponsePipe
    let easy: EasyHandle
    private let upload: UploadSource?
    private var head = HeadParser()
    private var failure: TransferError?

    init(_ exchange: Exchange) throws(TransferError) {
        pipe = exchange.pipe
        easy = try EasyHandle()
        upload = try UploadSource(exchange.body, for: exchange.request.method)
        try easy.configure()
        try easy.apply(exchange)
        try easy.apply(exchange.request.method, bodySize: upload?.size)
        try connectCallbacks()
        if exchange.request.method.isIdempotent { try allowRepeating() }
    }

    /// The transfer that `easy` belongs to.
    static func of(_ easy: UnsafeMutableRawPointer) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        unsafe okai_curl_get_private(easy, &context)
        return unsafe Transfer.from(context)
    }

    /// Ends the response with libcurl's verdict.
    func finish(_ code: CURLcode) {
        guard code == CURLE_OK else {
            pipe.end(throwing: failure ?? easy.error(code))
            return
        }
        // libcurl takes a connection that closes within the head for the end of a response.
        pipe.end(throwing: head.isDone ? nil : TransferError.headless)
    }

    /// Lets libcurl go on after the reader has made room.
    func resume() {
        unsafe curl_easy_pause(easy.pointer, CURLPAUSE_CONT)
    }
}

// MARK: Callbacks

extension Transfer {
    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    private func connectCallbacks() throws(TransferError) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        for option in [
            CURLOPT_PRIVATE, CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_READDATA, CURLOPT_SEEKDATA,
        ] {
            try unsafe easy.set(option, context)
        }
        try unsafe easy.set(CURLOPT_HEADERFUNCTION) { data, _, count, context in
            unsafe Transfer.from(context)?.takeLine(UnsafeRawBufferPointer(start: data, count: count)) ?? 0
        }
        try unsafe easy.set(CURLOPT_WRITEFUNCTION) { data, _, count, context in
            unsafe Transfer.from(context)?.takeBytes(UnsafeRawBufferPointer(start: data, count: count)) ?? 0
        }
        try unsafe easy.set(CURLOPT_READFUNCTION) { data, size, count, context in
            let buffer = unsafe UnsafeMutableRawBufferPointer(start: data, count: size * count)
            return unsafe Transfer.from(context)?.giveBytes(to: buffer) ?? Int(CURL_READFUNC_ABORT)
        }
    }

    /// Lets libcurl send the body again when a pooled connection turns out to be dead.
    ///
    /// Without this the dead connection is an error.
    private func allowRepeating() throws(TransferError) {
        try unsafe easy.setSeek { context, offset, _ in
            let isDone = unsafe Transfer.from(context)?.upload?.seek(to: Int(offset)) ?? false
            return isDone ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
        }
    }

    private func takeLine(_ line: UnsafeRawBufferPointer) -> Int {
        if let response = unsafe head.take(line) { pipe.deliver(response) }
        return line.count
    }

    private func takeBytes(_ bytes: UnsafeRawBufferPointer) -> Int {
        switch unsafe pipe.deliver(bytes) {
        case .proceed: bytes.count
        case .pause: Int(CURL_WRITEFUNC_PAUSE)
        case .abort: Int(CURL_WRITEFUNC_ERROR)
        }
    }

    private func giveBytes(to buffer: UnsafeMutableRawBufferPointer) -> Int {
        if let count = unsafe upload?.read(into: buffer) { return count }
        failure = TransferError(
            .file,
            "the uploaded file became shorter or unreadable",
            requestMayHaveArrived: true
        )
        return Int(CURL_READFUNC_ABORT)
    }
}

extension TransferError {
    fileprivate static let headless = TransferError(
        .interrupted,
        "the connection was closed before the head of the response was whole",
        requestMayHaveArrived: true
    )
}

extension HTTPRequest.Method {
    /// As RFC 9110, section 9.2.2, has it: doing it twice is like doing it once.
    fileprivate var isIdempotent: Bool { self != .post && self != .patch && self != .connect }
}

extension UploadSource {
    /// Methods that say something about a body announce even an empty one, with `Content-Length: 0`.
    fileprivate convenience init?(_ body: RequestBody, for method: HTTPRequest.Method) throws(TransferError) {
        switch body {
        case .bytes(let bytes): self.init(bytes)
        case .file(let path, let onProgress): try self.init(path: path, onProgress: onProgress)
        case .none:
            guard [.post, .put, .patch].contains(method) else { return nil }
            self.init([])
        }
    }
}
