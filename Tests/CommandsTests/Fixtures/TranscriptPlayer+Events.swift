import Contract
import Foundation
import Jobs
import Store

/// The events of a transcript that are not the act of a person.
extension TranscriptPlayer {
    func performEvent(_ line: String) async throws {
        if let match = line.wholeMatch(of: /run (\d+) (.+)/) {
            let run = RunID(Int64(match.1) ?? 0)
            try await chat.report(try Self.workerEvents(String(match.2)), run: run, retryAfter: .seconds(60))
        } else if let match = line.wholeMatch(of: /the look finds (.+)/) {
            try await completeLook(try Self.outcome(String(match.1)))
        } else if let match = line.wholeMatch(of: /the model predicts (.+)/) {
            try await completePrediction(String(match.1))
        } else if let match = line.wholeMatch(of: /the file is fetched: (.+)/) {
            try await completeFetch(String(match.1))
        } else if let post = Self.post(line) {
            try await chat.enqueue(post, chat: ChatID(private: Person.Ada.id))
        } else if let match = line.wholeMatch(of: /a run would cost \$([0-9.]+)/) {
            await chat.setPrice(Double(match.1))
        } else if let match = line.wholeMatch(of: /([0-9]+) (second|minute|hour|day)s? later/) {
            let units = ["second": 1.0, "minute": 60, "hour": 3_600, "day": 86_400]
            chat.advance(by: (Double(match.1) ?? 0) * (units[String(match.2)] ?? 0))
        } else {
            throw TranscriptError("this event is unknown")
        }
    }

    /// A post to a topic of Ada's chat: `a high post to nightly, titled "…", tagged "…", linked to "…": the text`.
    private static func post(_ line: String) -> TopicPost? {
        let form =
            /an? (?:(\w+) )?post to (\S+?)(?:, titled "(.*?)")?(?:, tagged "(.*?)")?(?:, linked to "(.*?)")?: (.*)/
        guard let match = line.wholeMatch(of: form) else { return nil }
        var post = TopicPost(topic: String(match.2), text: String(match.6))
        let priorities: [String: TopicPost.Priority] = ["low": .low, "high": .high, "urgent": .urgent]
        post.priority = match.1.flatMap { priorities[String($0)] }
        post.title = match.3.map(String.init)
        post.tags = match.4.map { $0.split(separator: ",").map(String.init) }
        post.link = match.5.map(String.init)
        return post
    }

    // MARK: - Jobs without a run

    private func completeLook(_ outcome: (BlobID) -> Outcome) async throws {
        let job = try await oldest(.look)
        guard case .look(let arguments) = job.work else { return }
        try await chat.report([.completed(outcome: outcome(arguments.blob))], job: job)
    }

    private func completePrediction(_ name: String) async throws {
        let job = try await oldest(.predict)
        let (prediction, lines) = try Self.prediction(name)
        if prediction.file != nil { try await store(lines, of: job) }
        try await chat.report([.completed(outcome: .predicted(result: prediction))], job: job)
    }

    /// The worker fetches the blob as a file with one line.
    private func completeFetch(_ line: String) async throws {
        let job = try await oldest(.fetch)
        guard case .fetch(let arguments) = job.work else { return }
        try await store([line], of: job)
        let file = AnswerFile(name: arguments.name, size: 45_790)
        try await chat.report([.completed(outcome: .fetched(file: file))], job: job)
    }

    private func oldest(_ kind: JobKind) async throws -> Job {
        guard let job = try await chat.openJobs().first(where: { $0.kind == kind }) else {
            throw TranscriptError("there is no open \(kind.rawValue) job")
        }
        return job
    }

    /// Stores the file that the job's worker sends.
    private func store(_ lines: [String], of job: Job) async throws {
        let (pieces, piece) = AsyncThrowingStream.makeStream(of: [UInt8].self, throwing: (any Error).self)
        piece.yield(Array((lines.joined(separator: "\n") + "\n").utf8))
        piece.finish()
        try await answers.store(pieces, forJob: job.id)
    }
}

// MARK: - Reports of workers

extension TranscriptPlayer {
    /// `starts`, `runs to its end`, `is pulling`, `finds it reproduced`, `is at 62 % (62 of 100 trees)`, `logs "a line"`,
    /// `succeeds`, `is cancelled`, `fails while training: reason; advice (chooseTarget)`.
    private static func workerEvents(_ words: String) throws -> [WorkerEvent] {
        switch words {
        case "starts": return []
        case "succeeds": return [.completed(outcome: .iris)]
        case "runs to its end":
            return Phase.all(of: .train).map { .phase(name: $0) } + [.completed(outcome: .iris)]
        case "stores irises": return [.completed(outcome: .stored(card: .irises(.iris)))]
        case "builds an image": return [.completed(outcome: .built(image: .small))]
        case "is cancelled": return [.cancelled]
        default: break
        }
        if let match = words.wholeMatch(of: /is at (\d+) %(?: \((.+)\))?/) {
            return [.progress(fraction: (Double(match.1) ?? 0) / 100, note: match.2.map(String.init))]
        }
        if let match = words.wholeMatch(of: /is (\w+)/) { return [.phase(name: try phase(match.1))] }
        if let match = words.wholeMatch(of: /logs "(.*)"/) { return [.log(line: String(match.1))] }
        if let match = words.wholeMatch(of: /logs (\d+) lines/) {
            return (1...(Int(match.1) ?? 1)).map { .log(line: "line \($0) <of> many") }
        }
        if let match = words.wholeMatch(of: /fails(?: while (\w+))?: (.+?); (.+?)(?: \((\w+)\))?/) {
            let remedy = match.4.map(String.init)
            let failure = Failure(
                phase: try match.1.map(phase),
                reason: String(match.2),
                advice: String(match.3),
                isTemporary: remedy == "temporary",
                remedy: remedy.flatMap(Failure.Remedy.init(rawValue:))
            )
            return [.failed(failure: failure)]
        }
        if let match = words.wholeMatch(of: /finds (.+)/),
            let report = VerificationReport.named[String(match.1)]
        {
            return [.completed(outcome: .verified(report: report))]
        }
        throw TranscriptError("no worker reports this")
    }

    private static func phase(_ word: Substring) throws -> Phase {
        guard let phase = Phase(rawValue: String(word)) else {
            throw TranscriptError("there is no phase \(word)")
        }
        return phase
    }

    /// The outcome of a look, by its name in transcripts.
    private static func outcome(_ name: String) throws -> (BlobID) -> Outcome {
        switch name {
        case "nothing": return { .missing(blob: $0) }
        case "irises": return { .looked(card: .irises($0)) }
        case "houses": return { .looked(card: .houses($0)) }
        case "sales": return { .looked(card: .sales($0)) }
        case "visits": return { .looked(card: .visits($0)) }
        case "a wide table": return { .looked(card: .wide($0)) }
        case "a receipt": return { .looked(card: .receipt($0)) }
        case "a model": return { .looked(card: .other($0, .onnx)) }
        case "a picture": return { .looked(card: .other($0, .image)) }
        default: throw TranscriptError("there is no such blob")
        }
    }

    /// A prediction by its name in transcripts, and the lines of its file.
    private static func prediction(_ name: String) throws -> (Prediction, lines: [String]) {
        let features = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
        func row(_ cells: [String], _ shares: (String, Double)...) -> Prediction.Row {
            let shares = shares.map { Prediction.Share(label: $0.0, share: $0.1) }
            return Prediction.Row(cells: cells, predicted: shares[0].label, shares: shares)
        }
        let (setosa, virginica) = (("setosa", 0.98), ("virginica", 0.91))
        var prediction = Prediction(target: "species", features: features, rows: [])
        switch name {
        case "a setosa":
            prediction.rows = [row(["5.1", "3.5", "1.4", "0.2"], setosa, ("versicolor", 0.02))]
        case "an unknown colour":
            prediction.rows = [row(["1"], virginica, ("versicolor", 0.09))]
            prediction.notes = [
                "The model does not know \"id\".",
                "In colour the model never saw \"green\": taken as missing.",
            ]
        case "two flowers":
            prediction.rows = [row(["1"], setosa, ("versicolor", 0.02)), row(["2"], virginica)]
        case "150 rows":
            prediction.summary = .init(
                rows: 150,
                shares: [.init(label: "setosa", share: 1 / 3), .init(label: "versicolor", share: 1 / 3)]
            )
            prediction.file = AnswerFile(name: "run-1-predictions.csv", size: 60)
            return (prediction, ["label,setosa,versicolor", "setosa,0.98,0.02", "versicolor,0.1,0.9"])
        default: throw TranscriptError("there is no such prediction")
        }
        return (prediction, [])
    }
}
