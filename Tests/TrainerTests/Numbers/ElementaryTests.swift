import Foundation
import Testing

@testable import Trainer

@Suite("Elementary functions")
struct ElementaryTests {
    @Test("exp and log agree with the C library within a few units in the last place")
    func doubles() {
        for x in stride(from: -700.0, through: 700, by: 0.37) {
            #expect(abs(Elementary.exp(x) / Foundation.exp(x) - 1) < 1e-15)
        }
        var x = 1e-300
        while x < 1e300 {
            #expect(abs(Elementary.log(x) - Foundation.log(x)) <= 4e-16 * max(abs(Foundation.log(x)), 1))
            x *= 1.37
        }
        #expect(Elementary.exp(0) == 1)
        #expect(Elementary.log(1) == 0)
        #expect(Elementary.exp(-1_000) == 0)
        #expect(Elementary.exp(.nan).isNaN)
        #expect(Elementary.log(0) == -.infinity)
    }

    @Test("exp of four floats is accurate to 24 bits")
    func floats() {
        for x in stride(from: Float(-86), through: 86, by: 0.113) {
            let value = Elementary.exp(SIMD4<Float>(repeating: x))[2]
            #expect(abs(Double(value) / Foundation.exp(Double(x)) - 1) < 3e-7)
        }
    }
}
