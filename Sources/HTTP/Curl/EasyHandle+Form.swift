import CLibcurl

extension EasyHandle {
    /// Sets a `multipart/form-data` body.
    ///
    /// `sources` holds the content of each part and must outlive the transfer.
    ///
    /// Parts are read through callbacks, not by `curl_mime_filedata`, for two reasons: a file is opened and checked
    /// before the request starts, and libcurl cannot rewind a part that is read through a callback, so it never sends
    /// a form twice.
    func setForm(_ parts: [FormPart], _ sources: [UploadSource]) throws(TransferError) {
        guard let mime = unsafe curl_mime_init(pointer) else {
            throw TransferError(notStarted: CURLE_OUT_OF_MEMORY)
        }
        unsafe form = mime
        for (part, source) in zip(parts, sources) {
            guard let target = unsafe curl_mime_addpart(mime) else {
                throw TransferError(notStarted: CURLE_OUT_OF_MEMORY)
            }
            unsafe try add(part, source, to: target)
        }
        try unsafe set(CURLOPT_MIMEPOST, UnsafeMutableRawPointer(mime))
    }

    private func add(_ part: FormPart, _ source: UploadSource, to target: OpaquePointer) throws(TransferError)
    {
        try check(unsafe curl_mime_name(target, part.name))
        if let name = part.fileName { try check(unsafe curl_mime_filename(target, name)) }
        if let type = part.contentType { try check(unsafe curl_mime_type(target, type)) }
        let read: curl_read_callback = { data, size, count, context in
            guard let context = unsafe context else { return Int(CURL_READFUNC_ABORT) }
            let source = unsafe Unmanaged<UploadSource>.fromOpaque(context).takeUnretainedValue()
            let buffer = unsafe UnsafeMutableRawBufferPointer(start: data, count: size * count)
            return unsafe source.read(into: buffer) ?? Int(CURL_READFUNC_ABORT)
        }
        let context = unsafe Unmanaged.passUnretained(source).toOpaque()
        try check(unsafe curl_mime_data_cb(target, curl_off_t(source.size), read, nil, nil, context))
    }
}
