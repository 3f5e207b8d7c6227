import Tables

/// A model that was trained: all that prediction needs, and all that its file holds.
package struct Model: Equatable, Sendable {
    /// The number of the format: raised only when the same input gives other bytes.
    package static let formatNumber = 5

    /// A column that the model takes.
    package struct Input: Equatable, Sendable {
        package let name: String
        /// Of a column of text: its labels, sorted, each standing for its index; nil: numbers.
        package let labels: [String]?
    }

    /// What the model says.
    package enum Output: Equatable, Sendable {
        /// One of these classes, in the order in which it gives their probabilities.
        case classes([String])
        case value
    }

    /// What it learnt.
    enum Body: Equatable, Sendable {
        case votes([VotingTree])
        case values([ValueTree])
        case boost(BoostedTrees)
        case linear(LinearModel)
    }

    /// What `okai.format` says of a file: which body it holds.
    enum Format: String {
        case votes = "forest-classifier"
        case values = "forest-regressor"
        case boost
        case linear
    }

    package let target: String
    /// In the order in which the model takes them.
    package let inputs: [Input]
    package let output: Output
    /// What else its file says of it, by key.
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

    /// All columns of the table that it learnt from, in their order; nil where its file does not say.
    var columns: [String]? { Provenance.columns(metadata) }

    /// Whether its file holds the classes as whole numbers.
    package var hasIntegerClasses: Bool { !classes.isEmpty && ClassLabels.integers(classes) != nil }

    /// The classes that it tells apart; none where it says values.
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
    /// The model that `fitted` makes of the data's columns, with all that its file can say before it is measured.
    init(_ data: Dataset, _ fitted: Fitted, _ parameters: LearningParameters, datasetSHA256: String?) {
        let output: Output =
            if case .classification(let classes, _) = data.target { .classes(classes) } else { .value }
        let bare = Model(
            target: data.targetName,
            inputs: data.features.map(Input.init),
            output: output,
            metadata: [:],
            body: fitted.body
        )
        self = bare.adding(Provenance.metadata(bare, parameters, datasetSHA256: datasetSHA256))
    }

    /// The same model, whose file says more of it.
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
