package import Contract
package import Crypto

extension FileIdentity {
    /// Computes the SHA-256 and size of `file`.
    ///
    /// It reads 4 MiB at a time and then releases the pages that it has read, so that a large file does not fill the
    /// memory.
    package init(of file: MappedFile) {
        var hash = SHA256()
        let size = file.withBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: Self.part) {
                let range = start..<min(start + Self.part, bytes.count)
                unsafe bytes.extracting(range).withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
                file.releasePages(in: range)
            }
            return bytes.count
        }
        self.init(sha256: hash.finalize().hexadecimal, id: nil, size: size)
    }

    private static let part = 4 << 20
}

extension Crypto.Digest {
    package var hexadecimal: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
