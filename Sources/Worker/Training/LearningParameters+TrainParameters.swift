import Contract
import Foundation
import Tables
import Trainer

extension LearningParameters {
    /// Converts the parameters of a job to those of the trainer.
    init(_ parameters: TrainParameters) {
        self.init()
        seed = parameters.seed
        testShare = parameters.test
        table = TableOptions(parameters)
        learner =
            switch parameters.model ?? .forest {
            case .forest: .forest(ForestParameters(parameters))
            case .boost: .boost(BoostParameters(parameters))
            case .linear: .linear(LinearParameters(parameters))
            }
    }
}

extension ForestParameters {
    init(_ parameters: TrainParameters) {
        self.init()
        trees = parameters.trees
        maxDepth = parameters.depth
        minSamplesLeaf = parameters.leaf ?? minSamplesLeaf
        minSamplesSplit = parameters.split ?? minSamplesSplit
        maxFeatures = parameters.features.map(MaxFeatures.init) ?? maxFeatures
        classWeight = parameters.weights == .balanced ? .balanced : .equal
    }
}

extension BoostParameters {
    init(_ parameters: TrainParameters) {
        self.init()
        rounds = parameters.trees
        maxDepth = parameters.depth
        minSamplesLeaf = parameters.leaf ?? minSamplesLeaf
        rate = parameters.rate ?? rate
        leaves = parameters.leaves ?? leaves
        l2 = parameters.l2 ?? l2
        rowShare = parameters.rows ?? rowShare
        features = parameters.features.map(MaxFeatures.init) ?? features
        patience = parameters.stop
    }
}

extension LinearParameters {
    init(_ parameters: TrainParameters) {
        self.init()
        l2 = parameters.l2 ?? l2
    }
}

extension MaxFeatures {
    init(_ limit: FeatureLimit) {
        self =
            switch limit {
            case .all: .all
            case .sqrt: .squareRoot
            case .log2: .logarithm
            case .share(let share): .share(share)
            case .count(let count): .count(count)
            }
    }
}

extension EvaluationOptions {
    init(_ parameters: TrainParameters) {
        self.init()
        folds = parameters.folds
        permutations = parameters.permute
    }
}

extension TableOptions {
    init(_ parameters: TrainParameters) {
        self.init()
        target = parameters.target
        task =
            switch parameters.task {
            case .classification: .classification
            case .regression: .regression
            case nil: nil
            }
        csv = CSVOptions(parameters.dialect)
        memoryLimit = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    }
}

extension CSVOptions {
    init(_ dialect: TableDialect) {
        self.init()
        separator = dialect.separator?.byte
        quote = dialect.quote?.byte
        hasDecimalComma = dialect.decimal.map { $0 == .comma }
        hasHeader = dialect.header
    }
}

extension CSVMark {
    fileprivate var byte: UInt8 {
        switch self {
        case .comma: UInt8(ascii: ",")
        case .semicolon: UInt8(ascii: ";")
        case .tab: UInt8(ascii: "\t")
        case .bar: UInt8(ascii: "|")
        case .double: UInt8(ascii: "\"")
        case .single: UInt8(ascii: "'")
        case .point: UInt8(ascii: ".")
        }
    }
}
