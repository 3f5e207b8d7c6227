import Contract
import Foundation

/// What workers report, in the words of a transcript.
enum WorkerLine {
    /// `starts`, `does it all`, `is pulling`, `finds it reproduced`, `is at 62 % (62 of 100 trees)`, `logs "a line"`, `succeeds`, `is cancelled`,
    /// `fails while training: reason; advice (chooseTarget)`.
    static func events(_ words: String) throws -> [WorkerEvent] {
        switch words {
        case "starts": return []
        case "succeeds": return [.completed(outcome: .iris)]
        case "does it all":
            return Phase.all(of: .train).map { .phase(name: $0) } + [.completed(outcome: .iris)]
        case "stores irises": return [.completed(outcome: .stored(card: .irises(.iris)))]
        case "makes an image": return [.completed(outcome: .built(image: .small))]
        case "is cancelled": return [.cancelled]
        default: break
        }
        if let match = words.wholeMatch(
            of: /is (checking|pulling|reading|training|pushing|building|publishing)/
        ) {
            return [.phase(name: try phase(match.1))]
        }
        if let match = words.wholeMatch(of: /is at (\d+) %(?: \((.+)\))?/) {
            return [.progress(fraction: (Double(match.1) ?? 0) / 100, note: match.2.map(String.init))]
        }
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
            let report = VerificationReport.known[String(match.1)]
        {
            return [.completed(outcome: .verified(report: report))]
        }
        throw PlayError("no worker reports this")
    }

    static func type(of name: String) -> String {
        name.hasSuffix(".csv")
            ? "text/csv" : name.hasSuffix(".png") ? "image/png" : "application/octet-stream"
    }

    /// `a setosa`, `two flowers`, `a green one`, `150 rows`.
    static func prediction(_ words: String) throws -> (Prediction, lines: [String]) {
        let features = ["sepal_length", "sepal_width", "petal_length", "petal_width"]
        func row(_ cells: [String], _ shares: (String, Double)...) -> Prediction.Row {
            let shares = shares.map { Prediction.Share(label: $0.0, share: $0.1) }
            return Prediction.Row(cells: cells, predicted: shares[0].label, shares: shares)
        }
        let (setosa, virginica) = (("setosa", 0.98), ("virginica", 0.91))
        var prediction = Prediction(target: "species", features: features, rows: [])
        switch words {
        case "a setosa":
            prediction.rows = [row(["5.1", "3.5", "1.4", "0.2"], setosa, ("versicolor", 0.02))]
        case "a green one":
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
            let lines = ["label,setosa,versicolor", "setosa,0.98,0.02", "versicolor,0.1,0.9"]
            prediction.file = AnswerFile(name: "run-1-predictions.csv", size: 60)
            return (prediction, lines)
        default: throw PlayError("no model answers this")
        }
        return (prediction, [])
    }

    private static func phase(_ word: Substring) throws -> Phase {
        guard let phase = Phase(rawValue: String(word)) else { throw PlayError("\(word) is no phase") }
        return phase
    }

    /// What a look brings back, by a short name.
    static func outcome(_ words: String) throws -> @Sendable (BlobID) -> Outcome {
        switch words {
        case "nothing": return { .missing(blob: $0) }
        case "irises": return { .looked(card: .irises($0)) }
        case "houses": return { .looked(card: .houses($0)) }
        case "a wide table": return { .looked(card: .wide($0)) }
        case "a receipt": return { .looked(card: .receipt($0)) }
        case "a model": return { .looked(card: .other($0, .onnx)) }
        case "a picture": return { .looked(card: .other($0, .image)) }
        default: throw PlayError("nobody knows such a blob")
        }
    }
}

extension BlobCard {
    /// As a worker describes the demo's dataset, on a chain that knows it.
    static func irises(_ blob: BlobID) -> BlobCard {
        var card = BlobCard(blob: StoredBlob(id: blob, size: 3_858), content: .csv, table: .irises)
        card.registration = Registration(
            holds: true,
            text: "registered and certified on Sui testnet until epoch 210 (about 2026-12-03), "
                + "though its owner may delete it"
        )
        return card
    }

    /// Gaps, texts, and a number to predict.
    static func houses(_ blob: BlobID) -> BlobCard {
        var table = Table(
            rows: 1_460,
            columns: ["lot_area", "street", "alley", "year built", "price"],
            target: "price"
        )
        table.kinds = [.number, .text, .text, .number, .number]
        table.missing = [259, 0, 1_369, 1, 0]
        table.task = .regression
        table.sample = [["8450", "Pave", "", "2003", "208500"]]
        return BlobCard(blob: StoredBlob(id: blob, size: 460_676), content: .csv, table: table)
    }

    static func wide(_ blob: BlobID) -> BlobCard {
        var table = Table(rows: 70_000, columns: (0..<500).map { "pixel\($0)" }, target: "label")
        table.width = 785
        return BlobCard(blob: StoredBlob(id: blob, size: 127_000_000), content: .csv, table: table)
    }

    static func receipt(_ blob: BlobID) -> BlobCard {
        guard case .trained(let result) = Outcome.iris else { preconditionFailure("iris was trained") }
        let receipt = Receipt(
            dataset: FileIdentity(sha256: nil, id: .iris, size: 3_858),
            parameters: TrainParameters(),
            trainer: 1,
            model: FileIdentity(sha256: nil, id: result.model.id, size: result.model.size),
            metrics: result.metrics
        )
        return BlobCard(blob: StoredBlob(id: blob, size: 711), content: .receipt, receipt: receipt)
    }

    static func other(_ blob: BlobID, _ content: Content) -> BlobCard {
        BlobCard(blob: StoredBlob(id: blob, size: 45_790), content: content)
    }
}

extension BlobCard.Table {
    static var irises: BlobCard.Table {
        let columns = ["sepal_length", "sepal_width", "petal_length", "petal_width", "species"]
        var table = BlobCard.Table(rows: 150, columns: columns, target: "species")
        table.kinds = [.number, .number, .number, .number, .text]
        table.missing = [0, 0, 0, 0, 0]
        (table.task, table.classes) = (.classification, 3)
        table.sample = [
            ["5.1", "3.5", "1.4", "0.2", "setosa"], ["7.0", "3.2", "4.7", "1.4", "versicolor"],
            ["6.3", "3.3", "6.0", "2.5", "virginica"],
        ]
        return table
    }
}
