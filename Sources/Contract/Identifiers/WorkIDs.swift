/// The id of a run: the number that people use, as in run 7.
package struct RunID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}

/// The id of a job, which bot and worker exchange.
package struct JobID: Identifier {
    package let rawValue: Int64

    package init(rawValue: Int64) { self.rawValue = rawValue }
}
