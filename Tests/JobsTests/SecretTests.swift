import Foundation
import Jobs
import Testing

@Suite("Secrets")
struct SecretTests {
    @Test("a secret opens its own hash; 5000 other secrets do not")
    func opens() {
        let secret = Secret.random()
        #expect(secret.opens(secret.hash))
        let others = (0..<5_000).map { _ in Secret.random() }
        #expect(!others.contains { $0.opens(secret.hash) })
    }

    @Test("a secret does not open a hash with one different bit")
    func bits() {
        let secret = Secret.random()
        for bit in 0..<256 {
            var hash = secret.hash
            hash[bit / 8] ^= 1 << (bit % 8)
            #expect(!secret.opens(hash), "bit \(bit)")
        }
        #expect(!secret.opens(nil))
        #expect(!secret.opens(Data()))
        #expect(!secret.opens(secret.hash.dropLast()))
    }
}
