import Foundation
import Support
import Testing
import Walrus

@Suite("Mapped files")
struct MappedFileTests {
    @Test("released pages have the same content when they are read again", arguments: [0, 1, 4_096, 40_000])
    func releasePages(_ size: Int) throws {
        try withTemporaryFile(of: size) { path in
            let file = try MappedFile(path: path)
            for range in [0..<size, size / 3..<size / 2] {
                file.releasePages(in: range)
                #expect(file.withBytes { bytes in bytes.indices.allSatisfy { bytes[$0] == UInt8($0 % 251) } })
            }
            #expect(file.size == size)
        }
    }

    private func withTemporaryFile(of size: Int, _ body: (String) throws -> Void) throws {
        let path = "\(NSTemporaryDirectory())okai-\(UUID().uuidString)"
        try Data((0..<size).map { UInt8($0 % 251) }).write(to: URL(filePath: path))
        defer { unlink(path) }
        try body(path)
    }
}
