import Contract

extension VerificationReport {
    /// The reports of verifications, by their names in transcripts.
    static let named: [String: VerificationReport] = [
        "it reproduced": VerificationReport(
            parts: [
                .receipt, .dataset,
                .model(again: (.holds, "trained again here: the same model, bit for bit")),
            ],
            reproduced: true
        ),
        "another model": VerificationReport(
            parts: [
                .receipt, .dataset,
                .model(
                    again: (
                        .fails,
                        "training again gave another model, \(BlobID(bytes: Array(9...40))); "
                            + "other metrics than those of the receipt"
                    )
                ),
            ],
            reproduced: false
        ),
        "an own command": VerificationReport(
            parts: [
                .receipt, .dataset,
                .model(again: (.unchecked, "not trained again, because an owner's own command made it")),
            ]
        ),
        "the blob valid": VerificationReport(parts: [.part("blob", .iris, size: 3_858)]),
        "the blob missing": VerificationReport(parts: [.gone]),
    ]
}

extension VerificationReport.Part {
    fileprivate static let receipt = part("receipt", .irisReceipt, size: 711)
    fileprivate static let dataset = part("dataset", .iris, size: 3_858)

    fileprivate static let gone: Self = {
        var part = Self(name: "blob", blob: .iris)
        part.add(Finding(.fails, by: Finding.thisMachine, "no aggregator has the blob \(BlobID.iris)"))
        return part
    }()

    fileprivate static func model(again: (verdict: Finding.Verdict, text: String)) -> Self {
        var part = part("model", .irisModel, size: 45_790)
        part.add(Finding(again.verdict, by: Finding.thisMachine, again.text))
        return part
    }

    fileprivate static func part(_ name: String, _ blob: BlobID, size: Int) -> Self {
        var part = Self(name: name, blob: blob)
        part.add(Finding(.holds, by: Finding.thisMachine, "bytes → ID recomputed here, \(size) bytes"))
        part.add(
            Finding(
                .holds,
                by: "Sui testnet",
                "registered and certified on Sui testnet until epoch 210 (about 2026-12-03), "
                    + "though its owner may delete it"
            )
        )
        return part
    }
}
