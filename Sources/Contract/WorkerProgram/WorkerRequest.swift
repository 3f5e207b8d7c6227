/// One request to the program `okai-worker`: a verb as the first argument, and a JSON document on standard input.
///
/// `okaibot` and the local engine write requests, and the worker reads them.
package enum WorkerRequest: Equatable, Sendable {
    /// Start a worker for `launch` as a process of its own, and print its ``ProcessIdentity``.
    ///
    /// The output of the worker is appended to the file at the path `log`; if `log` is nil, the output is discarded.
    case launch(Launch, log: String?)
    /// Do the job of the launch in this process.
    case run(Launch)
    /// Train once, without a bot.
    case train(Train)
    /// Print the predictions of a model for a table.
    case predict(Predict)
    /// Verify a blob or a receipt, and print the findings.
    case verify(Verify)

    /// The first argument of `okai-worker`.
    package enum Verb: String, CaseIterable, Sendable {
        case launch, run, train, predict, verify
    }

    package var verb: Verb { parts.verb }

    /// The JSON document, without the verb.
    package func encoded() throws -> [UInt8] { try Wire.encode(parts.document) }

    private var parts: (verb: Verb, document: any Encodable) {
        switch self {
        case .launch(let launch, let log): (.launch, LoggedLaunch(launch: launch, log: log))
        case .run(let launch): (.run, launch)
        case .train(let request): (.train, request)
        case .predict(let request): (.predict, request)
        case .verify(let request): (.verify, request)
        }
    }

    /// Decodes the JSON document that follows `verb`.
    ///
    /// - Throws: `DecodingError` if `bytes` are not a JSON document of the form that the verb needs.
    package init(_ verb: Verb, from bytes: some Sequence<UInt8>) throws {
        switch verb {
        case .launch:
            let request = try Wire.decode(LoggedLaunch.self, from: bytes)
            self = .launch(request.launch, log: request.log)
        case .run: self = .run(try Wire.decode(Launch.self, from: bytes))
        case .train: self = .train(try Wire.decode(Train.self, from: bytes))
        case .predict: self = .predict(try Wire.decode(Predict.self, from: bytes))
        case .verify: self = .verify(try Wire.decode(Verify.self, from: bytes))
        }
    }
}

/// The JSON document of `okai-worker launch`.
private struct LoggedLaunch: Codable {
    let launch: Launch
    let log: String?
}
