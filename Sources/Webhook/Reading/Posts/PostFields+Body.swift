import Foundation

extension PostFields {
    /// Adds what the body says: JSON, a form, a file or text.
    ///
    /// - Throws: ``WebhookError/malformed(_:)``, ``WebhookError/template`` or ``WebhookError/actions(_:)``.
    mutating func read(_ bytes: [UInt8], type header: String? = nil) throws {
        let type = ContentType(header)
        if isUpload {
            if !bytes.isEmpty { file = File(bytes: bytes, name: filename, type: header) }
        } else if type?.media == "multipart/form-data" {
            try read(MultipartForm(bytes, boundary: type?.boundary))
        } else if let text = PostText.text(of: bytes, charset: type?.charset) {
            try read(text, isForm: type?.media == "application/x-www-form-urlencoded")
        } else {
            file = File(bytes: bytes, name: filename, type: header)
        }
    }

    private mutating func read(_ form: MultipartForm) throws {
        try apply(form: form.fields)
        guard var file = form.file else { return }
        file.name = filename ?? file.name
        self.file = file
    }

    private mutating func read(_ text: String, isForm: Bool) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if let json = PostJSON(Array(text.utf8)) {
            try json.apply(to: &self)
        } else if isForm, let form = FormFields.form(text) {
            try apply(form: form)
        } else if let nested = PostJSON.unescapedMessage(text) {
            message = nested.trimmingCharacters(in: .whitespacesAndNewlines)
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
            message =
                others.lazy.compactMap { name in form.first { $0.name == name }?.value }.first ?? message
        }
    }
}
