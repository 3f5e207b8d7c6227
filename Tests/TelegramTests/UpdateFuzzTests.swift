import Contract
import Foundation
import Support
import Telegram
import Testing

@Suite("Malformed updates")
struct UpdateFuzzTests {
    private static let person: JSONValue = [
        "id": 42, "is_bot": false, "first_name": "Ada", "username": "ada",
    ]
    private static let chat: JSONValue = ["id": -5, "type": "supergroup", "title": "Lab"]
    private static let message: JSONValue = [
        "message_id": 7, "date": 1, "from": person, "chat": chat, "text": "/train", "message_thread_id": 3,
        "is_topic_message": true,
    ]
    private static let contents: [(String, JSONValue)] = [
        ("message", message), ("edited_message", message),
        (
            "callback_query",
            ["id": "q", "from": person, "message": message, "data": "t:1", "chat_instance": "1"]
        ),
        (
            "my_chat_member",
            ["chat": chat, "from": person, "date": 1, "new_chat_member": ["status": "kicked"]]
        ),
    ]

    @Test(
        "a malformed update is decoded with its id, and so are the updates behind it",
        arguments: RandomInput.seeds(3)
    )
    func spoilt(_ seed: UInt64) throws {
        var random = RandomInput(seed: seed)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        for _ in 0..<50 {
            let updates = (1...3 as ClosedRange<Int64>).map { number in
                let (name, content) = random.element(of: Self.contents)
                let key = random.number(in: 0...6) == 0 ? random.text(upTo: 9) : name
                return JSONValue.object(["update_id": .integer(number), key: random.corrupted(content)])
            }
            let json = try JSONEncoder().encode(JSONValue.array(updates))
            let read = try decoder.decode([Update].self, from: json)
            #expect(read.map(\.id) == [1, 2, 3], "seed \(seed)")
        }
    }
}
