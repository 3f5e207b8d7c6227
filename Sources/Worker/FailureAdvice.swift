import Contract
import HTTP
import Trainer
import Walrus

/// What to tell people about an error: the error's own words, and what to do about it.
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
        case TrainingError.csv(.noColumns), TrainingError.oneClass, TrainingError.tooManyClasses,
            TrainingError.noTarget:
            .chooseTarget
        case is TrainingError, WalrusError.notFound, WalrusError.forbidden, is BlobTooLargeForChat:
            .otherInput
        default: nil
        }
    }

    private static func advice(for error: any Error) -> String {
        switch error {
        case let error as WalrusError: advice(for: error)
        case FileFault.gone: "Send the file once more."
        case FileFault.away: "Send the file once more, in a while."
        case FileFault.tooLarge, is FileTooLarge:
            "Store it with okaibot walrus put FILE, and paste its ID here."
        case is BlobTooLargeForChat: "Get it with okaibot walrus get ID FILE."
        case is NotATable: "Send a table as CSV: UTF-8, a header, a row a line."
        case let error as PredictError: error.advice
        case TrainingError.csv(.noColumns):
            "Choose one of the columns with target=NAME, or send another blob."
        case TrainingError.csv: "Mend the table, store it again and send its new blob ID."
        case TrainingError.oneClass, TrainingError.tooManyClasses:
            "Choose a column with classes: target=NAME."
        case TrainingError.modelTooLarge: "Try again with fewer trees=, a depth=, or more rows per leaf=."
        case OwnCommandError.unknown: "Choose one that there is, or train without command=."
        case is OwnCommandError, is CommandRun.CannotStart:
            "Look at the log with /logs; the command is the bot owner's own."
        case is TrainingError: "Mend the data, or choose another column with target=NAME."
        default: "Try again with /retry; look at the log with /logs."
        }
    }

    private static func advice(for error: WalrusError) -> String {
        switch error {
        case .notFound: "Check the ID, and that it was stored on the network that this bot uses."
        case .mismatch: "Do not trust this aggregator; configure another one and try again."
        case .forbidden: "Use another dataset: nobody may hand this one out."
        case .tooLargeToRead: "Configure an aggregator that hands out larger blobs."
        case .storedOtherID, .storedDifferently, .unexpected:
            "Do not trust this publisher; configure another one and try again."
        case .tooLarge: "Use a publisher that takes larger blobs, or train a smaller model."
        case .unauthorized: "Check the publisher's secret in the bot's configuration, then /retry."
        case .overloaded, .unavailable, .unreachable, .broken, .failed: "Try again later with /retry."
        case .insecure: "Check the address and the certificates, then try again with /retry."
        case .malformed, .refused, .patchNotFound, .objectNotFound, .rangeRefused:
            "Check the publisher's terms, then try again with /retry."
        case .file: "Check the space and the permissions on the worker's machine."
        }
    }

    private static func isTemporary(_ error: any Error) -> Bool {
        (error as? any RetryableError)?.isTemporary ?? false
    }
}
