/// The arguments of a training.
package struct TrainArguments: WorkArguments {
    package static let kind = JobKind.train

    package var dataset: BlobID
    package var parameters: TrainParameters
    package var hours: Int?

    /// The default time limit of an attempt, in hours.
    package static let defaultHours = 24
    /// The time limits that a request may set, in hours.
    package static let hoursAllowed = 1...168

    package init(dataset: BlobID, parameters: TrainParameters = .init(), hours: Int? = nil) {
        self.dataset = dataset
        self.parameters = parameters
        self.hours = hours
    }
}
