import Testing

@testable import Webhook

@Suite("Addresses of clients")
struct ClientAddressTests {
    @Test(
        "all addresses of a /64 network are one client, however they are written",
        arguments: [
            ("2001:db8:5:6::1", "2001:DB8:5:6:77::2"), ("2001:db8::1", "2001:db8:0:0:9::"),
            ("::ffff:198.51.100.7", "198.51.100.7"), ("fe80::3%eth0", "fe80::4"),
        ]
    )
    func same(_ one: String, _ other: String) {
        #expect(ClientAddress(one).network == ClientAddress(other).network)
    }

    @Test(
        "other networks and other IPv4 addresses are other clients",
        arguments: [
            ("2001:db8:5:6::1", "2001:db8:5:7::1"), ("2001:db8::1", "2001:db8:0:1::1"),
            ("198.51.100.7", "198.51.100.8"), ("unknown", "198.51.100.8"),
        ]
    )
    func other(_ one: String, _ other: String) {
        #expect(ClientAddress(one).network != ClientAddress(other).network)
    }

    @Test("loopback is known in each notation")
    func loopback() {
        for text in ["127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"] {
            #expect(ClientAddress(text).isLoopback, "\(text)")
        }
        for text in ["::2", "198.51.100.7", "::ffff:198.51.100.7", "::", "1::1"] {
            #expect(!ClientAddress(text).isLoopback, "\(text)")
        }
    }
}
