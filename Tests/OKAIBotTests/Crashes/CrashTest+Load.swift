import Contract
import Foundation
import Support
import Walrus

/// What people and scripts ask of the bot in a crash test.
extension CrashTest {
    /// A kind of run that a person requests.
    private enum RequestKind: CaseIterable {
        case quick, long, wrongColumn, missingBlob, cancelled, ownCommand, sentTable
    }

    /// Registers the topics of ``CrashChat/topics``; returns the paths of their addresses.
    func registerTopics() async throws -> [String] {
        var addresses: [String] = []
        for chat in CrashChat.topics {
            await chat.say("/register \(chat.topic)", to: fake)
            let answer = try await fake.next("sendMessage", containing: "has an address")
            addresses.append(CrashChat.secret(in: answer).map { "/\($0)" } ?? "")
        }
        return addresses
    }

    /// Requests runs of random kinds; returns their number.
    func requestRuns() async throws -> Int {
        var generator = SeededGenerator(seed: seed &+ 1)
        let large = try Dataset.large.blobID()
        var runs = 0
        for admin in CrashChat.runners {
            let kind = RequestKind.allCases.randomElement(using: &generator)
            try await pause(upTo: 700, &generator)
            runs += 1
            switch kind {
            case .quick, nil: await fake.say("/train \(Dataset.irisID) trees=20", user: admin)
            case .long, .cancelled: await fake.say("/train \(large) trees=3000 depth=2", user: admin)
            case .wrongColumn: await fake.say("/train \(Dataset.irisID) target=price", user: admin)
            case .missingBlob:
                await fake.say("/train \(BlobID(bytes: Array(repeating: 0, count: 32)))", user: admin)
            case .ownCommand: await fake.say("/train \(Dataset.irisID) command=slow", user: admin)
            case .sentTable: runs += try await trainSentTable(of: admin)
            }
            guard kind == .cancelled else { continue }
            try await pause(upTo: 2_000, &generator)
            await fake.say("/cancel", user: admin)
        }
        return runs
    }

    /// Sends a table, and trains on it as soon as it is stored; returns the number of runs after the first.
    private func trainSentTable(of admin: Int64) async throws -> Int {
        let table = Dataset(csv: Dataset.iris.csv + Array("5.0,3.0,\(admin).0,0.2,setosa\n".utf8))
        let id = "\(try table.blobID())"
        await fake.send(file: "table.csv", table.csv, user: admin)
        do {
            try await eventually("the table is stored", within: .seconds(30)) {
                await fake.calls.contains { $0.chat == admin && $0.text.contains(id) }
            }
        } catch is WaitTimeout {
            return 0  // the store has failed too often
        }
        await fake.say("/train \(id) trees=10", user: admin)
        return 1
    }

    func pause(upTo milliseconds: Int, _ generator: inout SeededGenerator) async throws {
        let time = Int.random(in: 0...milliseconds, using: &generator)
        try await ContinuousClock().sleep(for: .milliseconds(time))
    }
}
