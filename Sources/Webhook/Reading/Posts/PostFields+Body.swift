import Foundation

extension PostFields {
    /// Adds what the body says: JSON, a form, a file or text.
    ///
    /// - Throws: ``WebhookError/malformed(_:)``, ``WebhookError/template`` or ``WebhookError/actions(_:)``.
    mutating func read(_ bytes: [UInt8], type header: String? = nil) throws {
        let type = ContentType(header)
        if type?.media == "multipart/form-data" {
            try read(form: Data(bytes), type: header)
        } else if isUpload {
            receive(File(bytes: Data(bytes), name: filename, type: header))
        } else if let text = PostText.text(of: bytes, charset: type?.charset) {
            try read(text, isForm: type?.media == "application/x-www-form-urlencoded")
        } else {
            receive(File(bytes: Data(bytes), name: filename, type: header))
        }
    }

    /// Adds what a body of the type `multipart/form-data` says.
    ///
    /// - Throws: as ``read(_:type:)``.
    mutating func read(form body: Data, type header: String?) throws {
        let form = try MultipartForm(body, boundary: ContentType(header)?.boundary)
        try apply(form: form.fields)
        guard var file = form.file else { return }
        file.name = filename ?? file.name
        receive(file)
    }

    private mutating func receive(_ file: File) {
        if file.bytes.isEmpty { emptyFile = file.name ?? "" } else { self.file = file }
    }

    private mutating func read(_ text: String, isForm: Bool) throws {
        let text = text.trimmed
        let json = PostJSON(text)
        topic = json?.topic
        if let json, json.isEnvelope {
            try json.apply(to: &self)
        } else if isForm, let form = FormFields.form(text) {
            try apply(form: form)
        } else if let nested = PostJSON.unescapedMessage(text) {
            message = nested.trimmed
        } else if !text.isEmpty {
            message = text
        }
    }

    private mutating func apply(form: [(name: String, value: String)]) throws {
        var parameters = PostParameters()
        parameters.add(form)
        try apply(parameters)
        // Other senders' words for the message.
        if parameters[.message] == nil {
            let others = ["body", "text", "content", "msg"]
            let other = others.lazy.compactMap { name in form.first { $0.name == name }?.value }.first
            message = other ?? message
            // Fields that nobody knows, such as `curl -F loss=0.3`, are a text.
            let unknown = form.filter { PostParameter.named($0.name) == nil && !$0.value.isEmpty }
            if parameters.isEmpty, other == nil, !unknown.isEmpty {
                message = unknown.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            }
        }
    }
}
