import Foundation
import Tables
import Trainer

/// Reads tables, and trains on them, for `scripts/tables`: one line of JSON on standard output for each file.
///
///     TablesDump [--train] [--values FOLDER] [--threads N] [FILE…]
///
/// Without files, it reads their paths from standard input, one a line. A line is written as soon as its file is done,
/// so a file that crashes the process is the first one without a line.
@main
struct TablesDump {
    /// Whether to train a model with default settings and to write it as ONNX.
    private var trains = false
    /// The folder for the values of each column; nil if they are not wanted.
    private var values: URL?
    private var threads = ProcessInfo.processInfo.activeProcessorCount
    private var files: [String] = []

    static func main() throws {
        guard let dump = TablesDump(CommandLine.arguments.dropFirst()) else {
            FileHandle.standardError.write(
                Data("usage: TablesDump [--train] [--values FOLDER] [--threads N] [FILE…]\n".utf8)
            )
            exit(2)
        }
        try dump.run()
    }

    private init?(_ arguments: some Sequence<String>) {
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            switch argument {
            case "--train": trains = true
            case "--values":
                guard let folder = rest.next() else { return nil }
                values = URL(filePath: folder)
            case "--threads":
                guard let count = rest.next().flatMap(Int.init), count > 0 else { return nil }
                threads = count
            case let option where option.hasPrefix("--"): return nil
            default: files.append(argument)
            }
        }
    }

    private func run() throws {
        for (number, file) in files.enumerated() { try write(line(for: file, number: number)) }
        guard files.isEmpty else { return }
        var number = 0
        while let file = readLine() {
            try write(line(for: file, number: number))
            number += 1
        }
    }

    private func write(_ line: TableLine) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try FileHandle.standardOutput.write(contentsOf: encoder.encode(line) + [UInt8(ascii: "\n")])
    }

    /// The line for `file`; an error of reading, training or writing is part of it.
    private func line(for file: String, number: Int) -> TableLine {
        var line = TableLine(file: file)
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let bytes = [UInt8](try Data(contentsOf: URL(filePath: file), options: .mappedIfSafe))
            try read(bytes, into: &line, number: number)
            if trains { try train(on: bytes, &line) }
        } catch {
            line.error = "\(error)"
        }
        line.seconds = (clock.now - start) / .seconds(1)
        return line
    }

    private func read(_ bytes: [UInt8], into line: inout TableLine, number: Int) throws {
        let parameters = LearningParameters()
        let table = try TrainingTable(bytes.span, parameters.table, threads: threads)
        line.add(table)
        guard let values else { return }
        let file = values.appending(path: "\(number).values")
        try ColumnValues.all(of: table).write(to: file, rows: table.data.rows)
        line.values = file.path()
    }

    /// Trains a forest with default settings, and writes the model without keeping its file.
    private func train(on bytes: [UInt8], _ line: inout TableLine) throws {
        let trained = try ModelTrainer(LearningParameters(), threads: threads).train(csv: bytes.span)
        line.add(trained.report)
        var size = 0
        try trained.model.writeONNX { size += $0.count }
        line.modelSize = size
    }
}
