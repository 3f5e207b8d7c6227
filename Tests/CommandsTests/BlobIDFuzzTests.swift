import Commands
import Contract
import Support
import Testing

@Suite("Blob IDs in random texts")
struct BlobIDFuzzTests {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    @Test(
        "only 43 characters of the alphabet that end in zero bits are an ID",
        arguments: RandomInput.seeds(3)
    )
    func strict(_ seed: UInt64) throws {
        var random = RandomInput(seed: seed)
        for _ in 0..<200 {
            let length = random.element(of: [42, 43, 43, 43, 44])
            var text = String((0..<length).map { _ in random.element(of: Self.alphabet) })
            if random.number(in: 0...3) == 0 { text += random.text(upTo: 3) }
            let last = Self.alphabet.firstIndex(of: text.last ?? "!")
            let isID = text.count == 43 && text.allSatisfy(Self.alphabet.contains) && (last ?? 1) % 4 == 0
            #expect((try? BlobID(text))?.description == (isID ? text : nil), "seed \(seed): \(text)")
            #expect(BlobScanner.blobs(in: "(\(text))").map(\.description).contains(text) == isID)
        }
    }
}
