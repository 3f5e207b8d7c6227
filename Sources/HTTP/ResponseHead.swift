import HTTPTypes

/// Gathers the lines of a response's head as curl hands them over.
struct ResponseHead {
    private var response = HTTPResponse(status: .ok)

    /// Takes one line; returns the response when the head is complete, interim ones (1xx) left out.
    mutating func take(_ line: String) -> HTTPResponse? {
        let line = line.trimmingSuffix { $0.isNewline }
        if line.hasPrefix("HTTP/") {
            let code = line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            response = HTTPResponse(status: .init(code: (100...999).contains(code) ? code : 500))
        } else if line.isEmpty {
            return response.status.kind == .informational ? nil : response
        } else if let colon = line.firstIndex(of: ":"), let name = HTTPField.Name(String(line[..<colon])) {
            let value = line[line.index(after: colon)...].drop { $0.isWhitespace }
            response.headerFields.append(HTTPField(name: name, value: String(value)))
        }
        return nil
    }
}

extension StringProtocol {
    fileprivate func trimmingSuffix(while isSurplus: (Character) -> Bool) -> SubSequence {
        var end = endIndex
        while end > startIndex, isSurplus(self[index(before: end)]) { end = index(before: end) }
        return self[..<end]
    }
}
