import Tables
import Threads

/// The regularised loss of a linear model over all rows, with its gradient and its Hessian-vector products.
///
/// Sums over rows are computed for blocks of a fixed number of rows, and then added in the order of the blocks. The
/// result therefore has the same bits for any number of threads.
struct LinearProblem: Sendable {
    /// The loss, its gradient and the predictions for one vector of weights.
    struct Point: Sendable {
        let loss: Double
        /// `gradient[column * scores + score]`; the bias is the last column.
        let gradient: [Double]
        /// The predictions, `outputs[row * scores + score]`: probabilities, or the value of a regression.
        let outputs: Slab<Double>
    }

    let loss: Loss
    let width: Int
    private let rows: Int
    private let l2: Double
    private let threads: Int
    /// The design matrix, `columns[row * width + column]`; the last column is 1, for the bias.
    private let columns: Slab<Double>
    private let labels: [UInt16]
    private let values: [Double]
    /// The weight of each row; nil if all are 1.
    private let weights: [Float]?

    private static let block = 1_024

    init(
        _ data: Dataset,
        rows: [Int],
        weights: [Float]? = nil,
        _ design: LinearDesign,
        l2: Double,
        threads: Int
    ) {
        let width = design.width + 1
        let columns = Slab(repeating: 1.0, count: rows.count * width)
        Parallel.ranges(rows.count, threads: threads, atLeast: Self.block) { range in
            for index in range {
                unsafe design.fill(columns.base + index * width) { data.features[$0].values[rows[index]] }
            }
        }
        (self.width, self.rows, self.columns) = (width, rows.count, columns)
        (self.l2, self.threads, self.weights) = (l2, threads, weights)
        switch data.target {
        case .classification(let classes, let labels):
            loss = classes.count == 2 ? .logistic : .softmax(classes: classes.count)
            (self.labels, values) = (rows.map { labels[$0] }, [])
        case .regression(let values):
            loss = .squared
            (labels, self.values) = ([], rows.map { values[$0] })
        }
    }

    /// The number of weights, including the biases.
    var dimension: Int { width * loss.scores }

    /// The loss, its gradient and the predictions for `weights`.
    func point(_ weights: [Double]) -> Point {
        let count = loss.scores
        let outputs = Slab(repeating: 0.0, count: rows * count)
        let sums = overBlocks(length: dimension + 1) { range, sums in
            for row in range {
                let output = unsafe outputs.base + row * count
                unsafe apply(weights, row, to: output)
                let weight = weight(row)
                sums[dimension] += unsafe weight * predict(row, output)
                for score in 0..<count {
                    let slope = unsafe output[score] - truth(row, score)
                    addColumns(of: row, times: weight * slope, score, to: &sums)
                }
            }
        }
        var gradient = Array(sums.prefix(dimension))
        let penalised = dimension - count
        for index in 0..<penalised { gradient[index] += l2 * weights[index] }
        let penalty = weights.prefix(penalised).reduce(0) { $0 + $1 * $1 } * l2 / 2
        return Point(loss: sums[dimension] + penalty, gradient: gradient, outputs: outputs)
    }

    /// The product of the Hessian at `point` and the vector `direction`.
    func curvature(at point: Point, along direction: [Double]) -> [Double] {
        let count = loss.scores
        var product = overBlocks(length: dimension) { range, sums in
            let change = Slab(repeating: 0.0, count: count)
            for row in range {
                let output = unsafe point.outputs.base + row * count
                unsafe apply(direction, row, to: change.base)
                let weight = weight(row)
                var mean = 0.0
                for score in 0..<count { mean += unsafe output[score] * change.base[score] }
                for score in 0..<count {
                    let (predicted, changed) = unsafe (output[score], change.base[score])
                    let slope =
                        switch loss {
                        case .logistic: predicted * (1 - predicted) * changed
                        case .softmax: predicted * (changed - mean)
                        case .squared: changed
                        }
                    addColumns(of: row, times: weight * slope, score, to: &sums)
                }
            }
        }
        for index in 0..<dimension - count { product[index] += l2 * direction[index] }
        return product
    }

    /// Computes the scores of a row.
    @inline(__always)
    private func apply(_ weights: [Double], _ row: Int, to scores: UnsafeMutablePointer<Double>) {
        let count = loss.scores
        let columns = unsafe columns.base + row * width
        for score in 0..<count {
            var sum = 0.0
            for column in 0..<width { sum += unsafe columns[column] * weights[column &* count &+ score] }
            unsafe scores[score] = sum
        }
    }

    /// Replaces the scores of a row by its predictions, and returns the loss of the row.
    @inline(__always)
    private func predict(_ row: Int, _ scores: UnsafeMutablePointer<Double>) -> Double {
        switch loss {
        case .logistic:
            let share = unsafe 1 / (1 + Elementary.exp(-scores[0]))
            unsafe scores[0] = share
            return -Elementary.log(max(labels[row] == 1 ? share : 1 - share, .leastNormalMagnitude))
        case .softmax(let classes):
            let greatest = (0..<classes).reduce(-Double.infinity) { unsafe max($0, scores[$1]) }
            var sum = 0.0
            for score in 0..<classes {
                unsafe scores[score] = Elementary.exp(scores[score] - greatest)
                sum += unsafe scores[score]
            }
            for score in 0..<classes { unsafe scores[score] /= sum }
            return unsafe -Elementary.log(max(scores[Int(labels[row])], .leastNormalMagnitude))
        case .squared:
            let error = unsafe scores[0] - values[row]
            return error * error / 2
        }
    }

    /// The weight of a row; to multiply by 1 changes no bit.
    @inline(__always)
    private func weight(_ row: Int) -> Double {
        guard let weights else { return 1 }
        return Double(weights[row])
    }

    private func truth(_ row: Int, _ score: Int) -> Double {
        switch loss {
        case .logistic: labels[row] == 1 ? 1 : 0
        case .softmax: labels[row] == UInt16(score) ? 1 : 0
        case .squared: values[row]
        }
    }

    @inline(__always)
    private func addColumns(of row: Int, times factor: Double, _ score: Int, to sums: inout [Double]) {
        let count = loss.scores
        let columns = unsafe columns.base + row * width
        for column in 0..<width { unsafe sums[column &* count &+ score] += factor * columns[column] }
    }

    /// Computes sums over blocks of rows in parallel, and adds them in the order of the blocks.
    private func overBlocks(
        length: Int,
        _ body: @Sendable (Range<Int>, inout [Double]) -> Void
    ) -> [Double] {
        let blocks = (rows + Self.block - 1) / Self.block
        let sums = Parallel.map(blocks, threads: threads, scratch: {}) { _, block in
            var sums = [Double](repeating: 0, count: length)
            body(block * Self.block..<min(rows, (block + 1) * Self.block), &sums)
            return sums
        }
        return (sums ?? []).reduce(into: [Double](repeating: 0, count: length)) { total, sums in
            for index in total.indices { total[index] += sums[index] }
        }
    }
}
