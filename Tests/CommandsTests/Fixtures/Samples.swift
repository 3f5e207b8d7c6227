import Commands
import Contract
import Logging

extension ChatPolicy {
    /// Ada (42) owns the bot.
    static let test = ChatPolicy(
        owners: [42],
        publicURL: "https://bot.example",
        downloadURL: "https://walrus.example",
        engine: .local,
        botName: "okai_test_bot"
    )
}

extension Logger {
    static let silent: Logger = {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }()
}

extension BlobID {
    /// The dataset of the demo.
    static let iris = BlobID(
        bytes: [
            0x97, 0x6c, 0xbe, 0xf9, 0x00, 0x55, 0x20, 0xba, 0xcc, 0x06, 0x79, 0xf3, 0xa3, 0x4b, 0x6b, 0x08,
            0xc9, 0x01, 0xd0, 0x11, 0x7b, 0xce, 0x12, 0x8e, 0x20, 0x7c, 0x9e, 0x06, 0xf5, 0x28, 0xa0, 0xef,
        ])
    static let irisModel = BlobID(bytes: Array(2...33))
    static let irisReceipt = BlobID(bytes: Array(3...34))
}

extension TrainResult {
    static let iris = TrainResult(
        model: StoredBlob(id: .irisModel, size: 45_790),
        receipt: StoredBlob(id: .irisReceipt, size: 711),
        metrics: TrainMetrics(
            target: "species",
            classes: ["setosa", "virginica"],
            trainRows: 80,
            testRows: 20,
            accuracy: 0.95,
            macroF1: 0.949,
            baselineAccuracy: 0.5,
            outOfBagScore: 0.96,
            confusion: [[10, 0], [1, 9]],
            importance: [TrainMetrics.Importance(feature: "petal_length", share: 0.6)]
        )
    )
}

extension Outcome {
    static let iris = Outcome.trained(result: .iris)
}

extension ImageFile {
    static let small = ImageFile(
        name: "okai-0123456789ab.qcow2",
        size: 112_787_456,
        sha256: "0123456789ab" + String(repeating: "c", count: 52),
        enrolmentHash: String(repeating: "ab", count: 32)
    )
}
