package import Tables

/// A trained model: everything that predictions need and that a model's file contains.
package struct Model: Equatable, Sendable {
    /// The version of the trainer.
    ///
    /// It is increased when a change of the trainer makes the same input give a different file.
    package static let trainerVersion = 6

    /// A feature of the model.
    package struct Input: Equatable, Sendable {
        package let name: String
        /// The sorted labels of a categorical feature; the feature's values are indices of labels.
        ///
        /// Nil for a numeric feature.
        package let labels: [String]?
    }

    /// The kind of the model's predictions.
    package enum Output: Equatable, Sendable {
        /// One of these classes; the probabilities have the order of the classes.
        case classes([String])
        case value
    }

    /// The learnt parameters.
    enum Body: Equatable, Sendable {
        case votes([VotingTree])
        case values([ValueTree])
        case boost(BoostedTrees)
        case linear(LinearModel)
    }

    /// The values of the metadata entry `okai.format`, which names the kind of the body.
    enum Format: String {
        case votes = "forest-classifier"
        case values = "forest-regressor"
        case boost
        case linear
    }

    /// The name of the target.
    package let target: String
    /// The features, in the order of the columns that ``predict(_:threads:)`` expects.
    package let inputs: [Input]
    package let output: Output
    /// The metadata in the model's file, by key.
    package let metadata: [String: String]
    let body: Body

    init(target: String, inputs: [Input], output: Output, metadata: [String: String], body: Body) {
        self.target = target
        self.inputs = inputs
        self.output = output
        self.metadata = metadata
        self.body = body
    }

    var format: Format {
        switch body {
        case .votes: .votes
        case .values: .values
        case .boost: .boost
        case .linear: .linear
        }
    }

    /// The names of all columns of the training table, in their order; nil if the metadata has no such entry.
    var columns: [String]? { ModelMetadata.columns(metadata) }

    /// How the training table was read; nil if the metadata has no such entry, as before version 6 of the trainer.
    package var reading: TableReading? { ModelMetadata.reading(metadata) }

    /// The columns that a table needs for predictions, in the order of the inputs; a date is one column.
    package var neededColumns: [String] {
        let names = inputs.map(\.name)
        return reading?.columnNames(of: names) ?? names
    }

    /// Whether the model's file stores the classes as integers.
    package var hasIntegerClasses: Bool { !classes.isEmpty && ClassLabels.integers(classes) != nil }

    /// The classes of a classifier; empty for a regression.
    package var classes: [String] {
        if case .classes(let classes) = output { classes } else { [] }
    }
}

extension Model.Input {
    init(_ feature: Feature) {
        switch feature.kind {
        case .numeric: self.init(name: feature.name, labels: nil)
        case .categorical(let labels): self.init(name: feature.name, labels: labels)
        }
    }
}

extension Model {
    /// The model of a fit, with the metadata that is known before the evaluation.
    init(_ data: Dataset, _ fitted: FitResult, _ parameters: LearningParameters, datasetSHA256: String?) {
        let output: Output =
            if case .classification(let classes, _) = data.target { .classes(classes) } else { .value }
        let model = Model(
            target: data.targetName,
            inputs: data.features.map(Input.init),
            output: output,
            metadata: [:],
            body: fitted.body
        )
        self = model.adding(ModelMetadata.entries(model, parameters, datasetSHA256: datasetSHA256))
    }

    /// The same model with more metadata.
    func adding(_ more: [String: String]) -> Model {
        Model(
            target: target,
            inputs: inputs,
            output: output,
            metadata: metadata.merging(more) { _, new in new },
            body: body
        )
    }
}
