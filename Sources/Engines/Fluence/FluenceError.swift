/// Why Fluence did not do what it was asked, sorted by what to do about it.
package enum FluenceError: Error, Equatable, CustomStringConvertible {
    /// Nobody answered, or the answer tells nothing: what was asked may have been done.
    case unclear(String)
    /// Later it may work: maintenance, or a service that knows too little right now.
    case later(String)
    /// Nothing is free in this cluster.
    case noRoom(String)
    /// The account must be filled or put in order.
    case noMoney(String)
    case notFound
    /// Asked wrongly, or not allowed: asking again changes nothing.
    case refused(String)

    /// Sorts an answer by its code, else by its status; `words` are for people.
    package init(status: Int, code: String?, words: String) {
        let text = "\(code ?? "status \(status)"): \(words)"
        switch code {
        case "insufficient_balance", "account_not_in_good_standing", "billing_not_provisioned":
            self = .noMoney(text)
        case "capacity_telemetry_unavailable", "service_unavailable": self = .later(text)
        case "resource_price_unavailable": self = .noRoom(text)
        case "not_found": self = .notFound
        case "internal_server_error": self = .unclear(text)
        case "fleet_too_large", "unauthorized", "forbidden", "bad_request", "cloud_init_too_large":
            self = .refused(text)
        default:
            self =
                switch status {
                case 404: .notFound
                case 406: .noMoney(text)
                case 422: .noRoom(text)
                case 429, 503: .later(text)
                case 500...: .unclear(text)
                default: .refused(text)
                }
        }
    }

    package var description: String {
        switch self {
        case .unclear(let words): "Fluence gave no clear answer (\(words))"
        case .later(let words): "Fluence takes no orders right now (\(words))"
        case .noRoom(let words): "Fluence has no machine free (\(words))"
        case .noMoney(let words): "the Fluence account needs money or attention (\(words))"
        case .notFound: "Fluence does not know it"
        case .refused(let words): "Fluence refused (\(words))"
        }
    }
}
