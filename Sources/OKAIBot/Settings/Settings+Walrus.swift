import Contract
import Foundation
import HTTP
import Walrus

extension Settings {
    /// The secret of the publisher; nil where it wants no tokens.
    static func publisherSecret(_ reader: SettingsReader) throws -> PublisherSecret? {
        guard let text = reader.text(.publisherSecret) else { return nil }
        guard let secret = PublisherSecret(text) else {
            throw SettingsError.wrong(
                .publisherSecret,
                text,
                "a text, or pairs of hexadecimal digits behind 0x"
            )
        }
        return secret
    }

    /// The chain: a preset by its name, or an endpoint, which has testnet's Walrus unless another system object is set.
    static func chain(_ reader: SettingsReader) throws -> SuiNetwork? {
        let place = reader.text(.graphQL) ?? ""
        guard !place.isEmpty else { return nil }
        let object = try address(reader, .systemObject)
        let preset =
            SuiNetwork.Preset.allCases.first {
                [$0.rawValue, $0.graphQL].contains(place) || $0.systemObject == object
            } ?? .testnet
        let isPreset = object == nil || object == preset.systemObject
        return SuiNetwork(
            name: isPreset ? preset.rawValue : "with the system object \(object ?? "")",
            graphQL: place == preset.rawValue ? try BaseURL(preset.graphQL) : try url(reader, .graphQL),
            systemObject: object ?? preset.systemObject,
            package: try address(reader, .package) ?? (isPreset ? preset.package : nil),
            epochLength: preset.epochLength
        )
    }

    private static func address(_ reader: SettingsReader, _ key: SettingKey) throws -> String? {
        guard let text = reader.text(key) else { return nil }
        guard SuiClient.isAddress(text) else {
            throw SettingsError.wrong(key, text, "0x and up to 64 hexadecimal digits")
        }
        return text.lowercased()
    }

    /// Where workers read and write blobs.
    var walrusAccess: WalrusAccess {
        switch walrus {
        case .embedded:
            WalrusAccess(aggregators: [], publisher: "", epochs: epochs, authorization: .lease)
        case .network(let aggregators, let publisher):
            WalrusAccess(
                aggregators: aggregators.map(\.description),
                publisher: publisher.description,
                epochs: epochs,
                authorization: publisherSecret == nil ? .none : .publisherToken,
                chain: chain.map { chain in
                    ChainAccess(
                        name: chain.name,
                        graphQL: chain.graphQL.description,
                        systemObject: chain.systemObject,
                        package: chain.package,
                        epochSeconds: Int(chain.epochLength.components.seconds)
                    )
                }
            )
        }
    }

    /// The same for a worker without a bot.
    ///
    /// - Throws: ``SettingsError`` where Walrus is inside a bot.
    func networkAccess() throws -> WalrusAccess {
        guard case .network = walrus else { throw Self.embeddedElsewhere }
        return walrusAccess
    }

    private static var embeddedElsewhere: SettingsError {
        .wrong(.aggregators, "embedded", "a URL here: the embedded Walrus is inside a running bot")
    }

    /// A client of the configured Walrus, which makes the publisher's tokens itself.
    ///
    /// - Throws: ``SettingsError`` where that is inside a bot.
    func walrusClient(http: HTTPClient = HTTPClient()) throws -> WalrusClient {
        guard case .network(let aggregators, let publisher) = walrus else {
            throw Self.embeddedElsewhere
        }
        return WalrusClient(
            aggregators: aggregators,
            publisher: publisher,
            http: http,
            credentials: credentials,
            encoder: try BlobEncoder()
        )
    }

    private var credentials: Credentials {
        guard let publisherToken else { return .none }
        return .perPut { try publisherToken($0) }
    }

    /// Makes a token for a put of `size` bytes; nil where the publisher wants none.
    var publisherToken: (@Sendable (_ size: Int) throws -> String)? {
        guard let publisherSecret else { return nil }
        return { [epochs] size in try publisherSecret.token(size: size, epochs: epochs) }
    }
}
