import Contract
import HTTP
import Tables
import Trainer
import Walrus

/// Converts an error to the failure of a job: the error's own text, and advice for the person in the chat.
enum FailureAdvice {
    static func failure(for error: any Error, in phase: Phase?) -> Failure {
        Failure(
            phase: phase,
            reason: "\(error)",
            advice: advice(for: error),
            isTemporary: isTemporary(error),
            remedy: remedy(for: error)
        )
    }

    private static func remedy(for error: any Error) -> Failure.Remedy? {
        switch error {
        case TrainingError.table(.csv(.noColumns)), TrainingError.table(.oneClass),
            TrainingError.table(.tooManyClasses), TrainingError.table(.noTarget):
            .chooseTarget
        case is TrainingError, WalrusError.notFound, WalrusError.forbidden, is BlobTooLargeForChat:
            .otherInput
        default: nil
        }
    }

    private static func advice(for error: any Error) -> String {
        switch error {
        case let error as WalrusError: advice(for: error)
        case FileFault.gone: "Send the file again."
        case FileFault.unavailable: "Send the file again later."
        case FileFault.tooLarge, is FileTooLarge:
            "Store it with okaibot walrus put FILE, and send its blob ID here."
        case is BlobTooLargeForChat: "Read it with okaibot walrus get ID FILE."
        case is NotATable: "Send a CSV table: UTF-8, a header line, then one line per row."
        case let error as PredictError: error.advice
        case TrainingError.table(.csv(.noColumns)):
            "Choose one of the columns with target=NAME, or send another blob."
        case TrainingError.table(.csv): "Correct the table, store it again and send its new blob ID."
        case TrainingError.table(.oneClass), TrainingError.table(.tooManyClasses):
            "Choose a column with classes: target=NAME."
        case TrainingError.modelTooLarge:
            "Train again with fewer trees=, a smaller depth=, or a larger leaf=."
        case TrainingCommandError.unknown: "Choose a configured command, or train without command=."
        case is TrainingCommandError, is CommandProcess.StartError:
            "Read the log with /logs. If the command itself is wrong, tell the bot's owner."
        case TrainingError.tooManyFeatures, TrainingError.weightsForValues, TrainingError.unscoredFolds,
            TrainingError.noTimes, TrainingError.noGroups, TrainingError.oneTime, TrainingError.lateClasses,
            TrainingError.noGroupToHoldOut, TrainingError.fewerGroupsThanFolds, TrainingError.foldsOfTimes,
            TrainingError.noWeights, TrainingError.weightless:
            "Change that setting, and send /train again."
        case is TrainingError: "Correct the data or the settings, or choose another column with target=NAME."
        default: "Try again with /retry; read the log with /logs."
        }
    }

    private static func advice(for error: WalrusError) -> String {
        switch error {
        case .notFound: "Check the ID, and that the blob is on the Walrus network of this bot."
        case .notYetFound: "Wait a few minutes, then try again with /retry."
        case .mismatch: "Do not trust this aggregator; configure another one and try again."
        case .forbidden: "Use another blob: Walrus blocks this one."
        case .tooLargeToRead: "Configure an aggregator that serves larger blobs."
        case .storedOtherID, .storedDifferently, .unexpected:
            "Do not trust this server of Walrus; configure another one and try again."
        case .tooLarge: "Configure a publisher that accepts larger blobs, or store a smaller file or model."
        case .unauthorized: "Check the publisher's secret in the bot's configuration, then /retry."
        case .overloaded, .unavailable, .unreachable, .broken, .failed, .noAnswer, .uncertified:
            "Try again later with /retry."
        case .markedInvalid: "Change the file a little, and store it again."
        case .insecure: "Check the address and the certificates, then try again with /retry."
        case .malformed, .refused, .patchNotFound, .objectNotFound, .rangeRefused:
            "Correct what the server of Walrus does not accept, then try again with /retry."
        case .file: "Check the free space and the permissions on the worker's machine."
        }
    }

    private static func isTemporary(_ error: any Error) -> Bool {
        (error as? any RetryableError)?.isTemporary ?? false
    }
}
