import Threads

/// A linear model: each score is a bias plus a weighted sum of the design's columns.
struct LinearModel: Equatable, Sendable {
    let design: LinearDesign
    /// `weights[column * scores + score]`.
    let weights: [Double]
    /// `bias[score]`.
    let bias: [Double]

    /// The scores of rows of features: `scores[row * bias.count + score]`.
    func scores(_ columns: [[Float]], threads: Int) -> [Double] {
        let (rows, width, count) = (columns.first?.count ?? 0, design.width, bias.count)
        let scores = Slab(repeating: 0.0, count: rows * count)
        Parallel.ranges(rows, threads: threads, atLeast: 256) { range in
            let row = Slab(repeating: 0.0, count: width)
            for index in range {
                unsafe design.fill(row.base) { columns[$0][index] }
                for score in 0..<count {
                    var sum = 0.0
                    for column in 0..<width {
                        sum += unsafe row.base[column] * weights[column * count + score]
                    }
                    unsafe scores.base[index * count + score] = sum + bias[score]
                }
            }
        }
        return scores.array
    }
}
