/// The kinds of work.
///
/// The database and the JSON messages contain the raw value.
package enum JobKind: String, Codable, CaseIterable, Sendable {
    /// Reads a dataset from Walrus, trains a model, and stores the model and a receipt on Walrus.
    case train
    /// Describes a blob: its size and its content.
    case look
    /// Stores on Walrus a file that a person sent to a chat.
    case store
    /// Predicts rows with the model of a run.
    case predict
    /// Reads a blob from Walrus and uploads it to the bot, for a chat that receives it as a file.
    case fetch
    /// Verifies a blob. If the blob is a receipt, also verifies its dataset and model and repeats its training.
    case verify
    /// Builds an image for virtual machines.
    case build
}
