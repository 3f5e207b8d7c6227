import Contract
import Crypto
import Foundation
import Support
import Synchronization
import Testing
import Walrus

@Suite("Publisher tokens", .timeLimit(.minutes(10)))
struct PublisherSecretTests {
    private static let text = "0x6f6b61692d7365637265742d6f662d7468652d7075626c6973686572"
    private static let key = SymmetricKey(data: Array("okai-secret-of-the-publisher".utf8))

    private struct Claims: Decodable {
        let exp: Int
        let iat: Int
        let jti: String
        let size: Int
        let epochs: Int
    }

    /// Verifies the signature of a token and returns its claims.
    private static func claims(_ token: String) throws -> Claims {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        let header = try #require(Base64URL.decode(parts[0].utf8))
        #expect(String(decoding: header, as: UTF8.self) == #"{"alg":"HS256","typ":"JWT"}"#)
        let signature = try #require(Base64URL.decode(parts[2].utf8))
        let message = Data("\(parts[0]).\(parts[1])".utf8)
        #expect(HMAC<SHA256>.isValidAuthenticationCode(signature, authenticating: message, using: key))
        let payload = try #require(Base64URL.decode(parts[1].utf8))
        return try Wire.decode(Claims.self, from: payload)
    }

    @Test("a token has the size, the epochs and its time, and is valid for five minutes")
    func claims() throws {
        let secret = try #require(PublisherSecret(Self.text))
        var generator = SplitMix(seed: 1)
        let now = Date(timeIntervalSince1970: 1_700_000_000.7)
        let token = try secret.token(size: 42, epochs: 5, now: now, using: &generator)
        let claims = try Self.claims(token)
        #expect((claims.size, claims.epochs) == (42, 5))
        #expect((claims.iat, claims.exp) == (1_700_000_000, 1_700_000_300))
    }

    @Test("a token is valid for the time that the publisher wants")
    func lifetime() throws {
        var secret = try #require(PublisherSecret(Self.text))
        secret.lifetime = 75
        let claims = try Self.claims(secret.token(size: 1, epochs: 1))
        #expect(claims.exp - claims.iat == 75)
    }

    @Test("a secret is text, or hexadecimal digits behind 0x")
    func forms() throws {
        let secret = try #require(PublisherSecret("okai-secret-of-the-publisher"))
        _ = try Self.claims(secret.token(size: 1, epochs: 1))
        for bad in ["", "0x", "0x1", "0xzz", "0x12 4"] { #expect(PublisherSecret(bad) == nil) }
    }

    @Test("a printed or dumped secret shows none of its bytes")
    func printing() throws {
        let secret = try #require(PublisherSecret("okai-secret"))
        var dumped = ""
        dump([secret], to: &dumped)
        for text in ["\(secret)", String(reflecting: [secret]), "\(secret as Any)", dumped] {
            #expect(!text.contains("okai"))
            #expect(!text.contains("111"))  // the first byte
        }
    }

    @Test("every attempt to store has a new token with the blob's size; reads have none")
    func freshTokens() async throws {
        let content = Array("a small blob".utf8)
        try await TransferFixture.make(content) { fixture in
            let secret = try #require(PublisherSecret(Self.text))
            let tokens = Mutex<[String?]>([])
            try await FaultyWalrus.serve { number, head in
                let token = head.firstMatch(of: /(?i)authorization: Bearer (\S+)/).map { String($0.1) }
                tokens.withLock { $0.append(token) }
                if head.hasPrefix("HEAD") { return FaultyResponse("404 Not Found") }
                return number < 3 ? FaultyResponse("").cut(after: 0) : FaultyResponse(stored: fixture.blob)
            } _: { walrus in
                let client = WalrusClient.make(
                    [walrus.address],
                    credentials: .perPut { try secret.token(size: $0, epochs: 5) },
                    encoder: fixture.encoder
                )
                _ = try await client.store(file: fixture.path, as: fixture.blob, epochs: 5)
                let methods = walrus.requests.map { $0.prefix { $0 != " " } }
                #expect(methods == ["PUT", "HEAD", "PUT", "HEAD", "PUT"])
            }
            let seen = tokens.withLock { $0 }
            #expect(seen.map { $0 != nil } == [true, false, true, false, true])
            let claims = try seen.compactMap { $0 }.map(Self.claims)
            #expect(Set(claims.map(\.jti)).count == 3)
            #expect(claims.allSatisfy { $0.size == content.count && $0.epochs == 5 })
        }
    }
}
