/// Why a request to Fluence failed; the engine reacts to each case in another way.
package enum FluenceError: Error, Equatable, CustomStringConvertible {
    /// There was no answer, or it could not be interpreted; Fluence may have carried out the request.
    case unclear(String)
    /// Fluence is under maintenance or overloaded, or limits the rate of requests; a later request may succeed.
    case unavailable(String)
    /// The cluster has no free machine of this configuration.
    case noRoom(String)
    /// The account has too little money, is not in good standing, or has no billing.
    case noMoney(String)
    case notFound
    /// The request is invalid or not allowed, so a repeat would fail too.
    case refused(String)

    /// Classifies an answer by its error code, or by its status if the code is missing or unknown.
    package init(status: Int, code: String?, message: String) {
        let text = "\(code ?? "status \(status)"): \(message)"
        switch code {
        case "insufficient_balance", "account_not_in_good_standing", "billing_not_provisioned":
            self = .noMoney(text)
        case "capacity_telemetry_unavailable", "service_unavailable": self = .unavailable(text)
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
                case 429, 503: .unavailable(text)
                case 500...: .unclear(text)
                default: .refused(text)
                }
        }
    }

    package var description: String {
        switch self {
        case .unclear(let reason): "Fluence gave no clear answer (\(reason))"
        case .unavailable(let reason): "Fluence accepts no orders at the moment (\(reason))"
        case .noRoom(let reason): "Fluence has no free machine (\(reason))"
        case .noMoney(let reason): "the Fluence account needs money or attention (\(reason))"
        case .notFound: "Fluence found nothing with this id"
        case .refused(let reason): "Fluence refused the request (\(reason))"
        }
    }
}
