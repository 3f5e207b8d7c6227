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
        holdout = parameters.holdout.map(Holdout.init) ?? holdout
        sampleWeight = parameters.sampleWeight
        table = TableOptions(parameters)
        learner =
            switch parameters.model ?? .forest {
            case .forest: .forest(ForestParameters(parameters))
            case .boost: .boost(BoostParameters(parameters))
            case .linear: .linear(LinearParameters(parameters))
            }
    }
}

extension Holdout {
    init(_ rule: HoldoutRule) {
        self =
            switch rule {
            case .random: .random
            case .time: .time
            case .group(let column): .group(column)
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
        ignored = parameters.ignore ?? []
        types = (parameters.types ?? [:]).mapValues(ColumnType.init)
        missingWords = parameters.missing ?? []
        thousands = parameters.thousands.map(Thousands.init)
        csv = CSVOptions(parameters.dialect)
        memoryLimit = Int(clamping: ProcessInfo.processInfo.physicalMemory)
    }
}

extension ColumnType {
    init(_ reading: ColumnReading) {
        self =
            switch reading {
            case .number: .number
            case .text: .text
            case .date: .date
            }
    }
}

extension Thousands {
    init(_ mark: ThousandsMark) {
        self =
            switch mark {
            case .comma: .comma
            case .point: .point
            case .blank: .blank
            case .apostrophe: .apostrophe
            case .none: .none
            }
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
        case .space: UInt8(ascii: " ")
        }
    }
}
