extension BlobID {
    /// The ID as Sui writes it: a decimal number whose least significant byte is the first byte of the ID.
    package var decimal: String {
        var digits: [UInt8] = [0]  // Least significant first.
        for byte in bytes.reversed() {
            var carry = Int(byte)
            for index in digits.indices {
                carry += Int(digits[index]) * 256
                digits[index] = UInt8(carry % 10)
                carry /= 10
            }
            while carry > 0 {
                digits.append(UInt8(carry % 10))
                carry /= 10
            }
        }
        return digits.reversed().map(String.init).joined()
    }

    /// Parses the decimal form; nil for anything but a number of up to 256 bits.
    package init?(decimal text: some StringProtocol) {
        guard !text.isEmpty, text.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) else {
            return nil
        }
        var bytes = [UInt8](repeating: 0, count: 32)  // Least significant first.
        for digit in text.utf8 {
            var carry = Int(digit - UInt8(ascii: "0"))
            for index in bytes.indices {
                carry += Int(bytes[index]) * 10
                bytes[index] = UInt8(carry & 0xFF)
                carry >>= 8
            }
            guard carry == 0 else { return nil }
        }
        self.init(bytes: bytes)
    }
}
