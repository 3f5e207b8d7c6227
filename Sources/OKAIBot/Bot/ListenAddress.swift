import Glibc

/// The address on which the HTTP server is to listen.
struct ListenAddress {
    let host: String

    /// Checks that the host is an address of this machine.
    ///
    /// A port that is taken is not checked: that is no fault of the settings.
    ///
    /// - Throws: ``SettingsError/unusable(_:_:)`` if the host has no address, or none of this machine.
    func check() throws(SettingsError) {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &list)
        guard code == 0, let first = list else {
            let isUnknown = [EAI_NONAME, -5].contains(code)  // -5: EAI_NODATA, a name without an address
            throw .unusable(
                .host,
                isUnknown
                    ? "no machine is called \"\(host)\": choose an address of this machine, such as 127.0.0.1"
                    : "the address of \"\(host)\" cannot be looked up: \(String(cString: gai_strerror(code)))"
            )
        }
        defer { freeaddrinfo(list) }
        // The server uses the first address, too.
        guard isOfThisMachine(first.pointee) else {
            throw .unusable(
                .host,
                "\"\(host)\" is not an address of this machine: choose one, such as 127.0.0.1, or 0.0.0.0 for all"
            )
        }
    }

    /// Whether a socket can be bound to the address; true if that fails for another reason.
    private func isOfThisMachine(_ address: addrinfo) -> Bool {
        let descriptor = socket(address.ai_family, address.ai_socktype, 0)
        guard descriptor >= 0 else { return errno != EAFNOSUPPORT }
        defer { close(descriptor) }
        return bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 || errno != EADDRNOTAVAIL
    }
}
