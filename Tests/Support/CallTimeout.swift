/// The expected call did not come; the calls that came instead.
package struct CallTimeout: Error, CustomStringConvertible {
    let before: ArraySlice<BotAPIFake.Call>
    let since: ArraySlice<BotAPIFake.Call>

    package var description: String {
        func list(_ calls: ArraySlice<BotAPIFake.Call>) -> String {
            calls.map { "  \($0.method) \($0.text.prefix(60))" }.joined(separator: "\n")
        }
        return "the call did not come; returned before:\n\(list(before))\nand since:\n\(list(since))"
    }
}
