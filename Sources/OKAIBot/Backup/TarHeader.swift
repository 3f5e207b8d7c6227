import Foundation

/// The block before a file in a tar archive (ustar, POSIX.1-1988; sizes of 8 GiB and more as GNU tar writes them).
struct TarHeader: Equatable {
    static let blockSize = 512

    /// A relative path.
    let name: String
    /// In bytes.
    let size: Int

    /// The number of zero bytes that follow the file, so that the next header begins at a multiple of 512.
    var padding: Int { (Self.blockSize - size % Self.blockSize) % Self.blockSize }

    init(name: String, size: Int) {
        (self.name, self.size) = (name, size)
    }

    /// Reads a header; nil if the block has only zeros, which is how an archive ends.
    ///
    /// - Throws: ``BackupError/damaged(_:)`` if the block is no header of a file.
    init?(_ block: [UInt8]) throws(BackupError) {
        guard block.contains(where: { $0 != 0 }) else { return nil }
        let sum = Self.octal(block[148..<156])
        guard sum == Self.checksum(block), block[257..<262].elementsEqual("ustar".utf8) else {
            throw .damaged("it has no tar header where one is expected")
        }
        let (name, prefix) = (Self.text(block[0..<100]), Self.text(block[345..<500]))
        guard block[156] == UInt8(ascii: "0"), let size = Self.size(block[124..<136]) else {
            throw .damaged("\(name) is not a file")
        }
        (self.name, self.size) = (prefix.isEmpty ? name : "\(prefix)/\(name)", size)
    }

    /// The header as a block.
    ///
    /// - Throws: ``BackupError/nameTooLong(_:)``.
    func block(modified: Int) throws(BackupError) -> [UInt8] {
        let (prefix, name) = try splitName()
        var block = [UInt8](repeating: 0, count: Self.blockSize)
        func put(_ bytes: some Collection<UInt8>, at offset: Int) {
            block.replaceSubrange(offset..<offset + bytes.count, with: bytes)
        }
        func number(_ value: Int, _ digits: Int) -> [UInt8] {
            let text = String(value, radix: 8)
            return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
        }
        put(name.utf8, at: 0)
        put("0000600\0".utf8, at: 100)
        put("0000000\0".utf8, at: 108)
        put("0000000\0".utf8, at: 116)
        if size < 1 << 33 {
            put(number(size, 11), at: 124)
        } else {
            put([0x80], at: 124)
            put(withUnsafeBytes(of: Int64(size).bigEndian) { Array($0) }, at: 128)
        }
        put(number(modified, 11), at: 136)
        put("0".utf8, at: 156)
        put("ustar\u{0}00".utf8, at: 257)
        put(prefix.utf8, at: 345)
        put(number(Self.checksum(block), 6) + [0, UInt8(ascii: " ")], at: 148)
        return block
    }

    /// The name in two parts, of at most 155 and 100 bytes.
    private func splitName() throws(BackupError) -> (prefix: Substring, name: Substring) {
        if name.utf8.count <= 100 { return ("", name[...]) }
        for slash in name.indices.reversed() where name[slash] == "/" {
            let (prefix, rest) = (name[..<slash], name[name.index(after: slash)...])
            if rest.utf8.count <= 100, prefix.utf8.count <= 155 { return (prefix, rest) }
        }
        throw .nameTooLong(name)
    }

    /// The sum of all bytes, where those of the sum itself count as blanks.
    private static func checksum(_ block: [UInt8]) -> Int {
        block.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
        Int(text(field).trimmingCharacters(in: .whitespaces), radix: 8)
    }

    private static func size(_ field: ArraySlice<UInt8>) -> Int? {
        let size =
            field.first == 0x80 ? field.suffix(8).reduce(0) { $0 &<< 8 | Int($1) } : octal(field)
        return size.flatMap { $0 >= 0 ? $0 : nil }
    }
}
