import Contract

/// What `okai-worker train` reads.
struct TrainRequest: Encodable {
    var file: String
    var parameters: TrainParameters
    var out: String
    var json: Bool
    var ids = false
}
