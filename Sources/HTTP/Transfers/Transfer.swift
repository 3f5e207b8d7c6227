import CLibcurl
import HTTPTypes

/// One request in flight.
///
/// It connects the callbacks of the easy handle to the pipe of the response.
///
/// The callbacks receive this object unretained. That is sound because this object owns the handle that calls them.
@safe final class Transfer {
    let pipe: ResponsePipe
    let easy: EasyHandle
    private let upload: Upload
    private var head = HeadParser()

    /// The sources of the body that libcurl reads during the transfer.
    fileprivate enum Upload {
        case none
        case body(UploadSource)
        case form([UploadSource])
    }

    init(_ transfer: TransferRequest) throws(TransferError) {
        let method = transfer.request.method
        pipe = transfer.pipe
        easy = try EasyHandle()
        upload = try Upload(transfer.body, for: method)
        try easy.configure()
        try easy.apply(transfer)
        try connectCallbacks()
        switch (upload, transfer.body) {
        case (.form(let sources), .form(let parts)): try easy.setForm(parts, sources)
        case (.body(let source), _): try easy.setBody(size: source.size)
        default: break
        }
        if case .none = upload, method == .head {
            try easy.omitResponseBody()
        } else {
            try easy.setMethod(method)
        }
        if method.isIdempotent { try allowRepeating() }
    }

    /// The transfer that `easy` belongs to.
    static func of(_ easy: UnsafeMutableRawPointer) -> Transfer? {
        var context: UnsafeMutableRawPointer?
        unsafe okai_curl_get_private(easy, &context)
        return unsafe Transfer.from(context)
    }

    /// Ends the response with libcurl's result code.
    func finish(_ code: CURLcode) {
        guard code == CURLE_OK else {
            pipe.finish(throwing: upload.hasFailed ? TransferError.truncatedUpload : easy.error(code))
            return
        }
        // libcurl reports success even if the connection closes before the response head is complete.
        pipe.finish(throwing: head.isDone ? nil : TransferError.truncatedHead)
    }

    /// Continues a transfer that was paused because the pipe was full.
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
            unsafe Transfer.from(context)?.receiveHeaderLine(.init(start: data, count: count)) ?? 0
        }
        try unsafe easy.set(CURLOPT_WRITEFUNCTION) { data, _, count, context in
            unsafe Transfer.from(context)?.receiveBody(.init(start: data, count: count)) ?? 0
        }
        try unsafe easy.set(CURLOPT_READFUNCTION) { data, size, count, context in
            let buffer = unsafe UnsafeMutableRawBufferPointer(start: data, count: size * count)
            return unsafe Transfer.from(context)?.readUpload(into: buffer) ?? Int(CURL_READFUNC_ABORT)
        }
    }

    /// Allows libcurl to rewind the body and send it again if a pooled connection turns out to be dead.
    ///
    /// Without a seek callback libcurl reports the dead connection as an error.
    private func allowRepeating() throws(TransferError) {
        try unsafe easy.setSeek { context, offset, _ in
            guard case .body(let source) = unsafe Transfer.from(context)?.upload else {
                return CURL_SEEKFUNC_FAIL
            }
            return source.seek(to: Int(offset)) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
        }
    }

    private func receiveHeaderLine(_ line: UnsafeRawBufferPointer) -> Int {
        if let response = unsafe head.parse(line) { pipe.write(response) }
        return line.count
    }

    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        switch unsafe pipe.write(bytes) {
        case .proceed: bytes.count
        case .pause: Int(CURL_WRITEFUNC_PAUSE)
        case .abort: Int(CURL_WRITEFUNC_ERROR)
        }
    }

    private func readUpload(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard case .body(let source) = upload else { return 0 }
        return unsafe source.read(into: buffer) ?? Int(CURL_READFUNC_ABORT)
    }
}

extension TransferError {
    fileprivate static let truncatedHead = TransferError(
        .interrupted,
        "the connection was closed before the head of the response was complete",
        requestMayHaveArrived: true
    )

    fileprivate static let truncatedUpload = TransferError(
        .file,
        "the file became shorter or unreadable during the upload",
        requestMayHaveArrived: true
    )
}

extension HTTPRequest.Method {
    /// Whether repeating the request has no further effect (RFC 9110, section 9.2.2).
    fileprivate var isIdempotent: Bool { self != .post && self != .patch && self != .connect }
}

extension Transfer.Upload {
    /// Gives a POST, PUT or PATCH without a body an empty body, so that libcurl sends `Content-Length: 0`.
    fileprivate init(_ body: RequestBody, for method: HTTPRequest.Method) throws(TransferError) {
        switch body {
        case .bytes(let bytes): self = .body(UploadSource(bytes))
        case .file(let path, let onProgress):
            self = .body(try UploadSource(path: path, onProgress: onProgress))
        case .form(let parts):
            var sources: [UploadSource] = []
            for part in parts { sources.append(try UploadSource(part.content)) }
            self = .form(sources)
        case .none: self = [.post, .put, .patch].contains(method) ? .body(UploadSource([])) : .none
        }
    }

    fileprivate var hasFailed: Bool {
        switch self {
        case .none: false
        case .body(let source): source.hasFailed
        case .form(let sources): sources.contains(where: \.hasFailed)
        }
    }
}

extension UploadSource {
    fileprivate convenience init(_ content: FormPart.Content) throws(TransferError) {
        switch content {
        case .bytes(let bytes): self.init(bytes)
        case .file(let path): try self.init(path: path)
        }
    }
}
