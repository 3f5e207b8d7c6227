import Commands
import Contract
import Foundation
import Jobs
import Store
import Testing

@Suite("Albums of files")
struct AlbumTests {
    private func sendFile(
        _ chat: ChatFixture<RecordingSurface>,
        _ name: String,
        _ caption: String? = nil,
        album: String = "g7",
        message: MessageID,
        place: ChatID = 42,
        isEdit: Bool = false
    ) async throws -> [String] {
        let file = ChatFile(id: name, name: name, type: "text/csv", size: 70)
        return try await chat.handle(.file(file, caption: caption), chat: place, message: message) {
            ($0.album, $0.sentAt, $0.isEdit) = (album, noon, isEdit)
        }.answers
    }

    private func trained() async throws -> ChatFixture<RecordingSurface> {
        let chat = try ChatFixture()
        try await chat.send("/train \(Demo.blob)")
        try await chat.report(.completed(outcome: .iris))
        return chat
    }

    private func predicted(_ chat: ChatFixture<RecordingSurface>) async throws -> [String] {
        try await chat.openJobs().compactMap {
            if case .predict(let arguments) = $0.work { arguments.table?.file?.name } else { nil }
        }
    }

    @Test("the caption of one file counts for all, wherever it stands", arguments: 0..<3)
    func predict(_ place: Int) async throws {
        let chat = try await trained()
        for (index, name) in ["x.csv", "y.csv", "z.csv"].enumerated() {
            let caption = index == place ? "/predict 1" : nil
            _ = try await sendFile(chat, name, caption, message: MessageID(Int64(20 + index)))
        }
        #expect(try await predicted(chat).sorted() == ["x.csv", "y.csv", "z.csv"])
        #expect(try await chat.conversation.handleDueAlbums(now: chat.now + 60) == nil)
        #expect(try await chat.openJobs().allSatisfy { $0.kind == .predict })
    }

    @Test("files of an album without a caption are stored after a moment, each once")
    func store() async throws {
        let chat = try ChatFixture()
        for number in 1...2 {
            let answers = try await sendFile(chat, "\(number).csv", message: MessageID(Int64(number)))
            #expect(answers == [])
        }
        let next = try #require(try await chat.conversation.handleDueAlbums(now: chat.now))
        #expect(try await chat.runs().isEmpty)
        #expect(try await chat.conversation.handleDueAlbums(now: next) == nil)
        #expect(try await chat.runs().count == 2)
        #expect(try await chat.conversation.handleDueAlbums(now: next + 60) == nil)
        #expect(try await chat.runs().count == 2)
    }

    @Test("a wrong caption is answered once, nothing is stored, and the corrected one counts for all")
    func corrected() async throws {
        let chat = try await trained()
        #expect(try await sendFile(chat, "x.csv", "/predcit 1", message: 20).count == 1)
        #expect(try await sendFile(chat, "y.csv", message: 21) == [])
        #expect(try await chat.conversation.handleDueAlbums(now: chat.now + 60) == nil)
        #expect(try await chat.openJobs().isEmpty)
        _ = try await sendFile(chat, "x.csv", "/predict 1", message: 20, isEdit: true)
        #expect(try await predicted(chat).sorted() == ["x.csv", "y.csv"])
    }

    @Test("a caption that an edit adds while its file waits counts once for the file")
    func addedCaption() async throws {
        let chat = try await trained()
        _ = try await sendFile(chat, "x.csv", message: 20)
        _ = try await sendFile(chat, "y.csv", message: 21)
        _ = try await sendFile(chat, "x.csv", "/predict 1", message: 20, isEdit: true)
        #expect(try await predicted(chat).sorted() == ["x.csv", "y.csv"])
        #expect(try await chat.conversation.handleDueAlbums(now: chat.now + 60) == nil)
        #expect(try await predicted(chat).count == 2)
    }

    @Test("a command that takes no file is performed once")
    func once() async throws {
        let chat = try ChatFixture()
        #expect(try await sendFile(chat, "x.csv", "/train \(Demo.blob)", message: 20) == ["liveMessage"])
        #expect(try await sendFile(chat, "y.csv", message: 21) == [])
        #expect(try await chat.runs().count == 1)
    }

    @Test("in a group, an album is for the bot only if its caption is")
    func group() async throws {
        let chat = try ChatFixture()
        _ = try await sendFile(chat, "x.csv", message: 20, place: -4)
        #expect(try await chat.conversation.handleDueAlbums(now: chat.now + 9) == nil)
        _ = try await sendFile(chat, "x.csv", album: "h", message: 30, place: -4)
        _ = try await sendFile(chat, "y.csv", "@okai_test_bot keep", album: "h", message: 31, place: -4)
        #expect(try await chat.runs(chat: -4).count == 2)
    }
}
