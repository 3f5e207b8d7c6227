package import Foundation
import Synchronization

/// The secrets that the tests of this process have used so far; no log of any program may hold one of them.
package enum UsedSecrets {
    private static let known = Mutex<Set<String>>([])

    package static func add(_ secret: some StringProtocol) {
        // A shorter text may be in a log by chance.
        if secret.count >= 16 { known.withLock { _ = $0.insert(String(secret)) } }
    }

    /// Checks that `bytes` hold none of them.
    ///
    /// - Throws: ``SecretLeak``, which names `place` and the beginning of the secret.
    package static func check(_ bytes: Foundation.Data, in place: String) throws {
        let found = known.withLock { $0 }.filter { bytes.range(of: Data($0.utf8)) != nil }
        if let secret = found.min() { throw SecretLeak(place: place, beginning: secret.prefix(4)) }
    }

    /// Checks that no log below `folder` holds one of them.
    package static func check(logsBelow folder: URL) throws {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        for case let file as URL in files ?? .init() where file.pathExtension == "log" {
            // A program may have deleted the file meanwhile.
            guard let bytes = FileManager.default.contents(atPath: file.path(percentEncoded: false)) else {
                continue
            }
            try check(bytes, in: file.lastPathComponent)
        }
    }

    package struct SecretLeak: Error, CustomStringConvertible {
        let place: String
        let beginning: Substring
        package var description: String { "\(place) holds the secret that begins with \(beginning)" }
    }
}
