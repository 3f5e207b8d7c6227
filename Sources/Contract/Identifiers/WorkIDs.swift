/// Names a run: the short number that people use, as in run 7.
package struct RunID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Names a job; bot and worker exchange it.
package struct JobID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}
