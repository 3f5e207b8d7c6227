import Contract
import Testing

@Suite("Requests to okai-worker")
struct WorkerRequestTests {
    private static let walrus = WalrusAccess(
        aggregators: ["https://aggregator.example"],
        publisher: "https://publisher.example",
        epochs: 5,
        authorization: .none,
        chain: ChainAccess(
            name: "testnet",
            graphQL: "https://sui.example",
            systemObject: "0x6c",
            package: nil,
            epochSeconds: 86_400
        )
    )

    /// Each verb, with and without its optional fields.
    private static let requests: [WorkerRequest] = {
        let launch = Launch(bot: "http://127.0.0.1:8888", job: 7, launchToken: "t", workDirectory: "/tmp/w")
        var parameters = TrainParameters()
        (parameters.target, parameters.model, parameters.depth) = ("species", .boost, nil)
        var blobTraining = WorkerRequest.Train(parameters: parameters, out: "out", json: true)
        (blobTraining.blob, blobTraining.walrus) = (.some, walrus)
        var dialect = TableDialect()
        (dialect.separator, dialect.header) = (.semicolon, false)
        return [
            .launch(launch, log: "/tmp/log"), .launch(launch, log: nil), .run(launch),
            .train(.init(file: "iris.csv", out: "out", ids: true)), .train(blobTraining),
            .predict(.init(model: "model.onnx", csv: "rows.csv", json: true, dialect: dialect)),
            .predict(.init(model: "model.onnx", csv: "rows.csv")),
            .verify(
                .init(
                    blob: .some,
                    object: "0xb",
                    walrus: walrus,
                    noChain: "--no-chain is given",
                    json: true
                )
            ),
            .verify(
                .init(receipt: "receipt.json", data: "iris.csv", walrus: walrus, noChain: "", train: true)
            ),
        ]
    }()

    @Test("the worker reads what the bot writes", arguments: requests)
    func roundTrip(_ request: WorkerRequest) throws {
        #expect(try WorkerRequest(request.verb, from: request.encoded()) == request)
    }

    @Test("every verb has a request in the round trip", arguments: WorkerRequest.Verb.allCases)
    func allVerbs(_ verb: WorkerRequest.Verb) {
        #expect(Self.requests.contains { $0.verb == verb })
    }

    @Test("the document of another verb is refused")
    func otherVerb() throws {
        let launch = WorkerRequest.launch(Launch(bot: "b", job: 1, launchToken: "t"), log: nil)
        for verb in WorkerRequest.Verb.allCases where verb != .launch {
            #expect(throws: DecodingError.self) { try WorkerRequest(verb, from: launch.encoded()) }
        }
    }
}
