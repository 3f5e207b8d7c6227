import Contract
import Testing

@Suite("Numbers of bytes for people")
struct ByteCountTests {
    @Test(
        "a number has the largest unit in which it is at least 1, also after rounding",
        arguments: [
            (0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 KB"), (3_949, "3.9 KB"), (99_940, "99.9 KB"),
            (99_960, "100 KB"), (999_400, "999 KB"), (999_600, "1.0 MB"), (49_000_000, "49.0 MB"),
            (5_000_000_000_000_000, "5000 TB"),
        ]
    )
    func units(_ bytes: Int, _ text: String) {
        #expect(ByteCount(bytes).description == text)
    }
}
