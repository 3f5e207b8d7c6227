extension TextEncoding {
    /// The encoding of `bytes`, which are not UTF-8 or have NUL bytes, and the offset where the text begins.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - check: What is wrong with the file as UTF-8.
    /// - Returns: nil if the file is no text in an encoding that is known here.
    static func detect(in bytes: Span<UInt8>, _ check: UTF8Check) -> (encoding: TextEncoding, start: Int)? {
        if let wide = wide(bytes, check) { return wide }
        guard check.firstNUL == nil, check.firstInvalid != nil else { return nil }
        if let mark = marks.first(where: { bytes.has($0.bytes, at: 0) }) {
            return (mark.encoding, mark.bytes.count)
        }
        return byEvidence(bytes).map { ($0, 0) }
    }

    /// UTF-16 or UTF-32, if `bytes` are text in one of them, and the offset where the text begins.
    static func wide(_ bytes: Span<UInt8>, _ check: UTF8Check) -> (encoding: TextEncoding, start: Int)? {
        if let mark = marks.first(where: { $0.encoding.unit > 1 && bytes.has($0.bytes, at: 0) }) {
            return (mark.encoding, mark.bytes.count)
        }
        guard check.firstNUL != nil else { return nil }
        return WideEvidence.encoding(bytes).map { ($0, 0) }
    }

    /// The encoding in which the bytes that are not ASCII read best; nil if the file has many control signs.
    private static func byEvidence(_ bytes: Span<UInt8>) -> TextEncoding? {
        guard !hasManyControls(bytes) else { return nil }
        let sample = TextSample(bytes)
        let utf8 = MultiByteEvidence.utf8(sample)
        if utf8.valid >= 4 * utf8.invalid { return .utf8 }
        let highs = sample.bytes.count { $0 >= 0x80 }
        var best: (encoding: TextEncoding, score: Int) = (.windows1252, .min)
        for (encoding, advance) in candidates {
            guard let score = score(sample, encoding) else { continue }
            // Text that was converted wrongly before reads badly in each encoding. It has no other script, and nor
            // has a single odd character.
            let isLikely = score >= highs && highs >= 4 && SingleByteEvidence.hasWords(sample, encoding)
            if encoding.hasOwnScript, !isLikely { continue }
            if best.score == .min || score - advance > best.score { best = (encoding, score) }
        }
        return best.encoding == .windows1252 && !hasWindowsSigns(sample) ? .latin1 : best.encoding
    }

    private static func score(_ sample: TextSample, _ encoding: TextEncoding) -> Int? {
        SingleByteEvidence.score(sample, encoding) ?? MultiByteEvidence.score(sample, encoding)
    }

    /// The encodings to compare, the most usual first, with the score by which each must lead those before it.
    private static let candidates: [(encoding: TextEncoding, advance: Int)] = [
        (.windows1252, 0), (.latin9, 1), (.macRoman, 1), (.windows1251, 2), (.koi8R, 2), (.gb18030, 2),
        (.shiftJIS, 2),
    ]

    /// Whether the encoding has whole words without ASCII letters, so that a text in it reads well byte for byte.
    private var hasOwnScript: Bool {
        switch self {
        case .windows1251, .koi8R, .gb18030, .shiftJIS: true
        default: false
        }
    }

    /// Whether the sample has bytes that are control signs in ISO-8859-1; without them, Windows-1252 is the same.
    private static func hasWindowsSigns(_ sample: TextSample) -> Bool {
        sample.bytes.contains { (0x80...0x9F).contains($0) }
    }

    /// Whether more than one byte in fifty of the file's start is a control sign that text does not have.
    private static func hasManyControls(_ bytes: Span<UInt8>) -> Bool {
        let head = min(bytes.count, 65_536)
        var controls = 0
        for index in 0..<head {
            switch bytes[index] {
            case 0x00...0x08, 0x0E...0x19, 0x1C...0x1F, 0x7F: controls += 1
            default: break
            }
        }
        return controls * 50 > head
    }
}
