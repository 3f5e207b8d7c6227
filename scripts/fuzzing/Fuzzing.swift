import Contract
import Foundation
import HTTPTypes
import Store
import Tables
import Telegram
import Trainer
import Unpacking

@testable import Commands
@testable import Webhook

/// libFuzzer calls this with each of its inputs; see `scripts/fuzz`.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    subject.test(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}

private let subject: Subject = {
    let name = ProcessInfo.processInfo.environment["OKAI_FUZZ_SUBJECT"] ?? ""
    guard let subject = Subject(rawValue: name) else {
        preconditionFailure("OKAI_FUZZ_SUBJECT must be one of \(Subject.allCases.map(\.rawValue))")
    }
    return subject
}()

/// A parser of untrusted bytes: it accepts or refuses any input, and an accepted value survives a round trip.
private enum Subject: String, CaseIterable {
    case blob, command, csv, dates, delay, events, markdown, model, names, numbers, post, table, text, update

    func test(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        switch self {
        case .blob: blob(text)
        case .command: command(text)
        case .csv: csv(bytes)
        case .dates: require(DateCheck.faults(bytes))
        case .delay: delay(text)
        case .events: events(bytes)
        case .markdown: markdown(text)
        case .model: model(bytes)
        case .names: require(NameCheck.faults(text))
        case .numbers: require(NumberCheck.faults(bytes))
        case .post: post(bytes)
        case .table: table(bytes)
        case .text: require(TextCheck.faults(bytes))
        case .update: _ = try? updates.decode([Update].self, from: Data(bytes))  // a refusal is fine
        }
    }

    /// An ID is parsed to the same ID, and is found inside other text.
    private func blob(_ text: String) {
        for id in BlobScanner.blobs(in: text) {
            precondition(try! BlobID("\(id)") == id)  // the precondition is that it does not throw
            precondition(BlobScanner.blobs(in: "(\(id))") == [id])
        }
        guard let id = try? BlobID(text) else { return }  // a refusal is fine
        precondition("\(id)" == text)
    }

    private func command(_ text: String) {
        let parser = CommandParser(botName: "okai_test_bot")
        for text in [text, "/train \(text)", "/predict \(text)", "/mute \(text)"] {
            do {
                _ = try parser.read(text)
            } catch {
                precondition(!error.problem.isEmpty)
            }
        }
    }

    /// One thread and three threads read the same table.
    private func csv(_ bytes: [UInt8]) {
        var parameters = LearningParameters()
        var forest = ForestParameters()
        (forest.trees, forest.maxDepth) = (1, 2)
        parameters.learner = .forest(forest)
        parameters.table.memoryLimit = 64 << 20
        let (one, three) = (trained(bytes, parameters, 1), trained(bytes, parameters, 3))
        precondition(one == three, "\(one) and \(three)")
    }

    private func trained(_ bytes: [UInt8], _ parameters: LearningParameters, _ threads: Int) -> String {
        do throws(TrainingError) {
            let trained = try ModelTrainer(parameters, threads: threads).train(csv: bytes.span)
            let metadata = trained.model.metadata.sorted { $0.key < $1.key }
            return "\(metadata) \(trained.report.decisions) \(trained.report.warnings)"
        } catch {
            return "\(error)"
        }
    }

    /// A table with settings, which the first bytes choose.
    private func table(_ bytes: [UInt8]) {
        guard let settings = TableSettings(bytes) else { return }
        let csv = Array(bytes.dropFirst(TableSettings.count))
        require(TableCheck(csv, settings.options(for: csv)).faults)
    }

    private func require(_ faults: [String]) {
        precondition(faults.isEmpty, faults.joined(separator: "\n"))
    }

    /// Events are the same after encoding and decoding.
    private func events(_ bytes: [UInt8]) {
        // A refusal is fine; what was decoded can be encoded.
        guard let batch = try? Wire.decode(EventBatch.self, from: Data(bytes)) else { return }
        let again = try! Wire.decode(EventBatch.self, from: Wire.encode(batch))
        precondition(try! Wire.encode(again) == Wire.encode(batch))
    }

    /// A model that can be read predicts any row.
    private func model(_ bytes: [UInt8]) {
        guard let model = try? Model(onnx: bytes.span) else { return }  // a refusal is fine
        let columns = model.inputs.map { _ in [Float](arrayLiteral: 0, -1e9, 7, .nan) }
        _ = model.predict(columns, threads: 1)
    }

    /// A delay is between ten seconds and three days, or is refused with one line.
    private func delay(_ text: String) {
        let now = Date(timeIntervalSince1970: 1_790_000_000)
        do {
            let delay = try DelayTime(text, now: now).date.timeIntervalSince(now)
            precondition((10...3 * 86_400).contains(delay))
        } catch {
            precondition(!error.description.contains(where: \.isNewline))
        }
    }

    /// Markdown becomes a text that can be split into messages.
    private func markdown(_ text: String) {
        let rendered = MarkdownText.render(text)
        for piece in rendered.pieces() { precondition(piece.plain.utf16.count <= HTMLText.messageLimit) }
    }

    /// A body of every type gives a post with a text, a short title and few buttons, or is refused.
    private func post(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let types = [
            nil, "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
            "text/plain; charset=shift_jis", text,
        ]
        for type in types {
            // A refusal is fine.
            guard
                var fields = try? PostFields(
                    headers: [.init("Title")!: "t", .init("Tags")!: "a,b"],
                    query: text
                ),
                (try? fields.read(bytes, type: type)) != nil
            else { continue }
            let post = fields.post(to: "topic")
            precondition(
                (post.title ?? "").count <= 250 && !post.text.isEmpty && (post.actions ?? []).count <= 3
            )
        }
        _ = EncodedWords.decoded(text)
        _ = try? ActionsParser.actions(in: text)
        _ = try? PackedContent.unpack(bytes, upTo: 1 << 20)
    }
}

private let updates: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
}()
