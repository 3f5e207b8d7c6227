import Contract
import Foundation
import HTTP
import Walrus

extension Settings {
    /// The secret of the publisher; nil if the publisher requires no tokens.
    static func publisherSecret(_ reader: SettingsReader) throws -> PublisherSecret? {
        let lifetime = try reader.integer(.publisherSeconds, in: 0...604_800)
        guard let text = reader.text(.publisherSecret) else { return nil }
        guard var secret = PublisherSecret(text) else {
            throw SettingsError.wrong(
                .publisherSecret,
                text,
                "text, or pairs of hexadecimal digits after 0x"
            )
        }
        // A publisher whose own setting is 0 takes tokens of any lifetime.
        if lifetime > 0 { secret.lifetime = lifetime }
        return secret
    }

    /// The chain of the setting `graphQL`, which is the name of a preset or a URL; nil if the setting is empty.
    ///
    /// If neither the URL nor the system object belongs to a preset, defaults are those of testnet.
    static func chain(_ reader: SettingsReader) throws -> SuiNetwork? {
        let endpoint = reader.text(.graphQL) ?? ""
        let (object, package) = (try address(reader, .systemObject), try address(reader, .package))
        let nodes = try storageNodes(reader)
        guard !endpoint.isEmpty else { return nil }
        let preset =
            SuiNetwork.Preset.allCases.first {
                [$0.rawValue, $0.graphQL].contains(endpoint) || $0.systemObject == object
            } ?? .testnet
        let isPreset = object == nil || object == preset.systemObject
        return SuiNetwork(
            name: isPreset ? preset.rawValue : "with the system object \(object ?? "")",
            graphQL: endpoint == preset.rawValue ? try BaseURL(preset.graphQL) : try chainURL(reader),
            systemObject: object ?? preset.systemObject,
            package: package,
            nodes: nodes,
            epochLength: preset.epochLength
        )
    }

    private static func chainURL(_ reader: SettingsReader) throws -> BaseURL {
        let text = reader.text(.graphQL) ?? ""
        do {
            return try BaseURL(text)
        } catch {
            let presets = SuiNetwork.Preset.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingsError.wrong(
                .graphQL,
                Redaction.redact(text),
                "one of: \(presets), or a URL, or empty"
            )
        }
    }

    private static func storageNodes(_ reader: SettingsReader) throws -> [BaseURL] {
        try (reader.text(.storageNodes) ?? "").split(separator: ",").map { word in
            do {
                return try BaseURL(word.trimmingCharacters(in: .whitespaces))
            } catch {
                throw SettingsError.wrong(
                    .storageNodes,
                    Redaction.redact(String(word)),
                    "URLs separated by commas"
                )
            }
        }
    }

    private static func address(_ reader: SettingsReader, _ key: SettingKey) throws -> String? {
        guard let text = reader.text(key) else { return nil }
        guard SuiClient.isAddress(text) else {
            throw SettingsError.wrong(key, text, "0x and up to 64 hexadecimal digits")
        }
        return text.lowercased()
    }

    /// The access that the bot gives to its workers.
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
                        nodes: chain.nodes.isEmpty ? nil : chain.nodes.map(\.description),
                        epochSeconds: Int(chain.epochLength.components.seconds)
                    )
                }
            )
        }
    }

    /// The access of a worker that runs without a bot.
    ///
    /// - Throws: ``SettingsError`` if the embedded Walrus is configured, because only workers of a running bot can use
    ///   it.
    func networkAccess() throws -> WalrusAccess {
        guard case .network = walrus else { throw Self.embeddedWalrus }
        return walrusAccess
    }

    private static var embeddedWalrus: SettingsError {
        .wrong(.aggregators, "embedded", "a URL for this verb: the embedded Walrus is part of a running bot")
    }

    /// A client of the configured Walrus.
    ///
    /// If the publisher requires tokens, the client makes them.
    ///
    /// - Throws: ``SettingsError`` if the embedded Walrus is configured.
    func walrusClient(http: HTTPClient = HTTPClient()) throws -> WalrusClient {
        guard case .network(let aggregators, let publisher) = walrus else {
            throw Self.embeddedWalrus
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

    /// Makes a token for a put of `size` bytes; nil if the publisher requires no tokens.
    var publisherToken: (@Sendable (_ size: Int) throws -> String)? {
        guard let publisherSecret else { return nil }
        return { [epochs] size in try publisherSecret.token(size: size, epochs: epochs) }
    }
}
