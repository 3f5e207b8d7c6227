extension WorkerRequest {
    /// The JSON document of `okai-worker train`: one training without a bot.
    package struct Train: Codable, Equatable, Sendable {
        /// The path of a CSV file; nil: `blob` is fetched.
        package var file: String?
        package var blob: BlobID?
        /// How to reach the aggregators from which `blob` is fetched; nil if `file` is set.
        package var walrus: WalrusAccess?
        package var parameters: TrainParameters
        /// The path of the folder for `model.onnx`, `report.json` and `receipt.json`.
        package var out: String
        /// Whether to print receipt and report as JSON instead of a summary.
        package var json: Bool
        /// Whether to compute the blob IDs of dataset and model for the receipt.
        ///
        /// If `blob` is set, both IDs are computed in any case.
        package var ids: Bool

        package init(
            file: String? = nil,
            parameters: TrainParameters = .init(),
            out: String,
            json: Bool = false,
            ids: Bool = false
        ) {
            self.file = file
            self.parameters = parameters
            self.out = out
            self.json = json
            self.ids = ids
        }
    }

    /// The JSON document of `okai-worker predict`.
    package struct Predict: Codable, Equatable, Sendable {
        /// The path of a model that the trainer wrote.
        package var model: String
        /// The path of a CSV file.
        package var csv: String
        /// Whether to print one JSON object per line instead of CSV.
        package var json: Bool
        /// The format of `csv`.
        package var dialect: TableDialect

        package init(model: String, csv: String, json: Bool = false, dialect: TableDialect = .init()) {
            self.model = model
            self.csv = csv
            self.json = json
            self.dialect = dialect
        }
    }

    /// The JSON document of `okai-worker verify`.
    package struct Verify: Codable, Equatable, Sendable {
        /// The blob to verify; nil: `receipt` is verified.
        package var blob: BlobID?
        /// The Sui object that must register `blob`; nil: any object may.
        package var object: String?
        /// The path of a receipt.
        package var receipt: String?
        /// The path of the dataset, for a receipt that names its dataset without a blob ID.
        package var data: String?
        package var walrus: WalrusAccess
        /// Why `walrus` has no chain, such as `--no-chain is given`.
        ///
        /// The reason is printed for each blob that could not be checked on a chain.
        package var noChain: String
        /// Whether to repeat the training of a receipt and compare the models.
        package var train: Bool
        /// Whether to print the report as JSON instead of lines.
        package var json: Bool

        package init(
            blob: BlobID? = nil,
            object: String? = nil,
            receipt: String? = nil,
            data: String? = nil,
            walrus: WalrusAccess,
            noChain: String,
            train: Bool = false,
            json: Bool = false
        ) {
            self.blob = blob
            self.object = object
            self.receipt = receipt
            self.data = data
            self.walrus = walrus
            self.noChain = noChain
            self.train = train
            self.json = json
        }
    }
}
