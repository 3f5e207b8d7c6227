/// Minimises a convex loss by Newton's method with inexact conjugate gradients.
///
/// See Nocedal and Wright, Numerical Optimization, algorithm 7.1 (line search Newton-CG).
struct NewtonMethod {
    let problem: LinearProblem

    private static let steps = 30
    private static let innerSteps = 50
    /// The method stops when the norm of the gradient is at most this fraction of its norm at the start.
    ///
    /// It also stops after ``steps`` steps, or if no step decreases the loss enough.
    private static let tolerance = 1e-7

    /// The weights with the least loss that the method finds; nil if the observer cancels.
    func minimum(_ observer: TrainingObserver) -> [Double]? {
        var weights = [Double](repeating: 0, count: problem.dimension)
        var point = problem.point(weights)
        let start = Self.length(point.gradient)
        for step in 0..<Self.steps where Self.length(point.gradient) > Self.tolerance * start {
            observer.onProgress(TrainingProgress(done: step, total: Self.steps))
            guard let direction = direction(at: point, start, observer) else { return nil }
            guard let next = search(weights, point, direction) else { break }
            (weights, point) = next
        }
        return weights
    }

    /// Solves H d = -g by conjugate gradients, with more precision near the minimum; nil if the observer cancels.
    private func direction(
        at point: LinearProblem.Point,
        _ start: Double,
        _ observer: TrainingObserver
    ) -> [Double]? {
        var direction = [Double](repeating: 0, count: problem.dimension)
        var residual = point.gradient.map { -$0 }
        var search = residual
        var square = Self.dot(residual, residual)
        let length = square.squareRoot()
        let enough = length * min(0.1, (length / start).squareRoot())
        for _ in 0..<Self.innerSteps where square.squareRoot() > enough {
            guard !observer.isCancelled() else { return nil }
            let product = problem.curvature(at: point, along: search)
            let curvature = Self.dot(search, product)
            guard curvature > 0 else { break }
            let step = square / curvature
            for index in direction.indices {
                direction[index] += step * search[index]
                residual[index] -= step * product[index]
            }
            let next = Self.dot(residual, residual)
            for index in search.indices { search[index] = residual[index] + next / square * search[index] }
            square = next
        }
        return direction
    }

    /// Backtracking line search: halves the step until the loss decreases enough (Armijo's condition).
    ///
    /// Returns nil if the loss does not decrease enough for any step.
    private func search(
        _ weights: [Double],
        _ point: LinearProblem.Point,
        _ direction: [Double]
    ) -> ([Double], LinearProblem.Point)? {
        let slope = Self.dot(point.gradient, direction)
        var step = 1.0
        while step > 1e-9 {
            let next = zip(weights, direction).map { $0 + step * $1 }
            let nextPoint = problem.point(next)
            if nextPoint.loss <= point.loss + 1e-4 * step * slope { return (next, nextPoint) }
            step /= 2
        }
        return nil
    }

    private static func dot(_ one: [Double], _ other: [Double]) -> Double {
        zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private static func length(_ vector: [Double]) -> Double { dot(vector, vector).squareRoot() }
}
