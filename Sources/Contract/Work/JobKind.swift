/// The kinds of work, as database and wire spell them.
package enum JobKind: String, Codable, CaseIterable, Sendable {
    /// Pulls a dataset, trains a model on it, and pushes the model and its receipt.
    case train
    /// Describes a blob: its size and its content.
    case look
    /// Stores a file that was sent to a chat as a blob.
    case store
    /// Predicts rows with the model of a run.
    case predict
    /// Pulls a blob and hands it to the bot, which sends it to a chat as a file.
    case fetch
    /// Recomputes the IDs of a blob or of all blobs of a receipt, and repeats the training of a receipt.
    case verify
    /// Builds an image for virtual machines.
    case build
}
