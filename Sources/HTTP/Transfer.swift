import CLibcurl
import Glibc
import HTTPTypes

/// One exchange in flight: the easy handle and what libcurl reads from and writes into it.
///
/// Born, used and freed on the loop's thread; the callbacks find it by an unretained pointer, which is sound because
/// the loop keeps it until the handle has been taken out of the multi handle.
@safe final class Transfer {
    let easy: UnsafeMutableRawPointer
    private let exchange: Exchange
    private let file: UploadFile?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var head = ResponseHead()
    private var hasHead = false

    init(_ exchange: Exchange, id: Int, userAgent: String) throws {
        guard let easy = unsafe curl_easy_init() else { preconditionFailure("libcurl is out of memory") }
        unsafe self.easy = easy
        self.exchange = exchange
        if case .file(let path) = exchange.body { file = try UploadFile(path: path) } else { file = nil }
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        setLimits(id: id, userAgent: userAgent)
        setRequest()
        setBody()
        setCallbacks()
    }

    deinit {
        unsafe curl_easy_cleanup(easy)
        unsafe curl_slist_free_all(headers)
        unsafe errorText.deallocate()
    }

    static func id(of easy: UnsafeMutableRawPointer) -> Int {
        var pointer: UnsafeMutableRawPointer?
        check(unsafe okai_curl_get_private(easy, &pointer))
        return Int(bitPattern: pointer)
    }

    func resume() {
        unsafe curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    /// What `result` means; nil when the response is complete.
    func error(for result: CURLcode) -> TransferError? {
        guard result != CURLE_OK else { return nil }
        let detail = unsafe String(cString: errorText)
        let message = unsafe detail.isEmpty ? String(cString: curl_easy_strerror(result)) : detail
        return TransferError(
            kind: .init(result),
            message: "\(message) (curl \(result.rawValue))",
            requestMayHaveArrived: bytesSent > 0
        )
    }

    /// Tells those who wait that it is over; nil: well.
    func finish(_ error: (any Error)?) {
        let broken = TransferError(
            kind: .broken,
            message: "the response has no head",
            requestMayHaveArrived: bytesSent > 0
        )
        if !hasHead { exchange.head.resume(throwing: error ?? broken) }
        exchange.pipe.pipe?.finish(error.map { .failure($0) } ?? .success(()))
    }

    private var bytesSent: Int {
        var size = 0
        Self.check(unsafe okai_curl_get_long(easy, CURLINFO_REQUEST_SIZE, &size))
        return size
    }

    private func setLimits(id: Int, userAgent: String) {
        unsafe Self.check(
            okai_curl_set_pointer(easy, CURLOPT_PRIVATE, UnsafeMutableRawPointer(bitPattern: id))
        )
        unsafe Self.check(okai_curl_set_pointer(easy, CURLOPT_ERRORBUFFER, errorText))
        set(CURLOPT_USERAGENT, userAgent)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        // libcurl repeats a request that dies on a reused connection: do not reuse one that may be dead.
        set(CURLOPT_MAXAGE_CONN, 30)
        set(CURLOPT_CONNECTTIMEOUT_MS, exchange.timeouts.connect.milliseconds)
        set(CURLOPT_TIMEOUT_MS, exchange.timeouts.total?.milliseconds ?? 0)
        set(CURLOPT_LOW_SPEED_LIMIT, 1)
        set(CURLOPT_LOW_SPEED_TIME, max(1, exchange.timeouts.idle.milliseconds / 1_000))
    }

    private func setRequest() {
        let request = exchange.request
        set(CURLOPT_URL, "\(request.scheme ?? "https")://\(request.authority ?? "")\(request.path ?? "/")")
        set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        if request.method == .head { set(CURLOPT_NOBODY, 1) }
        var lines = request.headerFields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        lines.append("Expect:")
        // curl would call every body a form.
        if request.headerFields[.contentType] == nil { lines.append("Content-Type:") }
        for line in lines { unsafe headers = curl_slist_append(headers, line) }
        unsafe Self.check(okai_curl_set_pointer(easy, CURLOPT_HTTPHEADER, headers))
    }

    private func setBody() {
        switch exchange.body {
        case .none where ![.post, .put, .patch].contains(exchange.request.method):
            break
        case .none:
            setBytes([])
        case .bytes(let bytes):
            setBytes(bytes)
        case .file:
            set(CURLOPT_UPLOAD, 1)
            unsafe Self.check(okai_curl_set_offset(easy, CURLOPT_INFILESIZE_LARGE, file?.size ?? 0))
        }
    }

    private func setBytes(_ bytes: [UInt8]) {
        unsafe Self.check(okai_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
        // One byte more, so that an empty body has an address too; curl copies only what the size says.
        unsafe (bytes + [0]).withUnsafeBytes { buffer in
            unsafe Self.check(
                okai_curl_set_pointer(
                    easy,
                    CURLOPT_COPYPOSTFIELDS,
                    UnsafeMutableRawPointer(mutating: buffer.baseAddress)
                )
            )
        }
    }

    private func setCallbacks() {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        for option in [CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_READDATA] {
            unsafe Self.check(okai_curl_set_pointer(easy, option, context))
        }
        unsafe Self.check(
            okai_curl_set_data_callback(easy, CURLOPT_WRITEFUNCTION) { data, _, count, context in
                let transfer = unsafe Transfer.from(context)
                return unsafe transfer.write(Array(UnsafeRawBufferPointer(start: data, count: count)))
            }
        )
        unsafe Self.check(
            okai_curl_set_data_callback(easy, CURLOPT_HEADERFUNCTION) { data, _, count, context in
                let line = unsafe String(
                    decoding: UnsafeRawBufferPointer(start: data, count: count),
                    as: UTF8.self
                )
                unsafe Transfer.from(context).header(line)
                return count
            }
        )
        unsafe Self.check(
            okai_curl_set_data_callback(easy, CURLOPT_READFUNCTION) { data, _, capacity, context in
                unsafe Transfer.from(context).file?.read(into: data, capacity: capacity) ?? 0
            }
        )
        // curl opens sockets that a child process would inherit; ours are closed there.
        unsafe Self.check(
            okai_curl_set_socket_callback(easy) { _, _, address in
                guard let address = unsafe address?.pointee else { return -1 }
                return socket(
                    address.family,
                    address.socktype | Int32(SOCK_CLOEXEC.rawValue),
                    address.protocol
                )
            }
        )
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context = unsafe context else { preconditionFailure("curl lost the transfer's context") }
        return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    /// Hands a chunk to the reader; a reader that is gone ends the transfer, one that is behind pauses it.
    private func write(_ chunk: [UInt8]) -> Int {
        guard let pipe = exchange.pipe.pipe else { return 0 }
        return pipe.accept(chunk) ? chunk.count : Int(CURL_WRITEFUNC_PAUSE)
    }

    private func header(_ line: String) {
        guard let response = head.take(line), !hasHead else { return }
        hasHead = true
        exchange.head.resume(returning: response)
    }

    private func set(_ option: CURLoption, _ value: Int) {
        Self.check(unsafe okai_curl_set_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) {
        Self.check(unsafe okai_curl_set_string(easy, option, value))
    }

    /// The options are ours, not the caller's: curl refuses one only when this code is wrong or memory is out.
    private static func check(_ code: CURLcode) {
        precondition(code == CURLE_OK, "libcurl refused an option (\(code.rawValue))")
    }
}

extension TransferError.Kind {
    fileprivate init(_ code: CURLcode) {
        self =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
            case CURLE_COULDNT_CONNECT: .connect
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE: .tls
            case CURLE_OPERATION_TIMEDOUT: .timeout
            case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .unusable
            default: .broken
            }
    }
}

extension Duration {
    fileprivate var milliseconds: Int { max(1, Int(self / .milliseconds(1))) }
}
