import Contract

extension BlobCard {
    /// The card of the demo's dataset, which is registered on the chain.
    static func irises(_ blob: BlobID) -> BlobCard {
        var card = BlobCard(blob: StoredBlob(id: blob, size: 3_858), content: .csv, table: .irises)
        card.registration = Registration(
            holds: true,
            text: "registered and certified on Sui testnet until epoch 210 (about 2026-12-03), "
                + "though its owner may delete it"
        )
        return card
    }

    /// The card of a table with missing values, text columns, and a number to predict.
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

    /// The card of a table with columns that a training leaves out, dates, and numbers as people write them.
    static func sales(_ blob: BlobID) -> BlobCard {
        BlobCard(blob: StoredBlob(id: blob, size: 92_310), content: .csv, table: .sales)
    }

    /// The card of a table that no training can learn from by default.
    static func visits(_ blob: BlobID) -> BlobCard {
        BlobCard(blob: StoredBlob(id: blob, size: 7_204), content: .csv, table: .visits)
    }

    static func wide(_ blob: BlobID) -> BlobCard {
        var table = Table(rows: 70_000, columns: (0..<500).map { "pixel\($0)" }, target: "label")
        table.width = 785
        return BlobCard(blob: StoredBlob(id: blob, size: 127_000_000), content: .csv, table: table)
    }

    static func receipt(_ blob: BlobID) -> BlobCard {
        let result = TrainResult.iris
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

    static var sales: BlobCard.Table {
        let columns = ["Unnamed: 0", "sold at", "shop", "price", "discount", "remark", "profit"]
        var table = BlobCard.Table(rows: 1_200, columns: columns, target: "profit")
        table.kinds = [.leftOut, .date, .text, .number, .number, .leftOut, .number]
        table.missing = [0, 0, 0, 0, 84, 310, 0]
        table.task = .regression
        table.notes = [
            .init(column: 0, leftOut: "it has no name and numbers the rows"),
            .init(column: 1, notation: "dates as day/month/year with time", parts: 6),
            .init(column: 3, notation: "thousands with commas, dollars before"),
            .init(column: 5, leftOut: "it has free text"),
        ]
        table.decisions = ["fields are separated by semicolons"]
        table.warnings = [
            "column \"discount\": 84 cells are not in its notation and count as missing, such as \"see below\"; "
                + "types=discount:text keeps them"
        ]
        return table
    }

    static var visits: BlobCard.Table {
        var table = BlobCard.Table(rows: 96, columns: ["guest", "came", "paid"], target: "paid")
        table.obstacle =
            "the target \"paid\" has \"1.204\" and \"3.811\", which may have thousands or decimals; "
            + "say thousands=comma, thousands=point or thousands=none"
        return table
    }
}
