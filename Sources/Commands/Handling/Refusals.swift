/// Counts what the bot did not do, while it handles one update.
///
/// Only the thread of the update's transaction uses it.
final class Refusals {
    var count = 0
}
