import Synchronization

/// A number of places for each client: connections that are open, or requests that are being answered.
final class Places: Sendable {
    private let limit: Int
    private let taken = Mutex<[String: Int]>([:])

    init(perClient limit: Int) { self.limit = limit }

    /// Takes a place of `client`; returns false if all of its places are taken.
    func take(for client: String) -> Bool {
        taken.withLock { taken in
            let count = taken[client, default: 0]
            guard count < limit else { return false }
            taken[client] = count + 1
            return true
        }
    }

    /// Frees a place that was taken.
    func free(for client: String) {
        taken.withLock { taken in
            let count = taken[client, default: 1] - 1
            taken[client] = count > 0 ? count : nil
        }
    }
}
