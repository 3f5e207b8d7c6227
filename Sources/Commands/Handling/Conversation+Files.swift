import Contract
import Jobs
import Store

/// Files that people send, alone or as an album.
extension Conversation {
    /// Handles a file, which may be one of an album.
    func handle(_ file: ChatFile, _ caption: String?, by handler: CommandHandler) throws {
        guard let album = handler.update.album else { return try take(file, caption, by: handler) }
        if let caption {
            let others = try handler.spread(caption, overAlbum: album)
            try take(file, caption, by: handler)
            for other in others {
                try inherit(
                    caption,
                    by: try self.handler(of: other, in: handler.transaction, at: handler.now)
                )
            }
        } else if let caption = try handler.albumCaption(album) {
            try inherit(caption, by: handler)
        } else if !handler.update.isEdit {
            try handler.keepFile(ofAlbum: album, isDue: true)
        }
    }

    /// Handles a file.
    ///
    /// The caption can be a command. Without a command, the rows of the file are predicted if the message replies to a
    /// training, and otherwise the file is stored.
    func take(_ file: ChatFile, _ caption: String?, by handler: CommandHandler) throws {
        guard handler.isAddressed(caption) else { return }
        try handler.attending(to: caption ?? "") {
            let reading = try reading(of: caption ?? "", withFile: true, by: handler)
            guard let reading, try !use(file, reading, by: handler) else { return }
            if case .command(let command) = reading { try handler.perform(command) }
        }
    }

    /// Handles a file of an album with the caption of another file.
    ///
    /// A caption that says nothing about files was done already. A file for which nothing was done waits, because the
    /// caption may be corrected.
    private func inherit(_ caption: String, by handler: CommandHandler) throws {
        guard case .file(let file, _) = handler.update.content, handler.isAddressed(caption) else { return }
        let isDone = try handler.attending(to: caption) {
            // Nil: a wrong command, which was answered below the file with the caption.
            guard let reading = try? parser.read(caption, withFile: true) else { return }
            _ = try use(file, reading, by: handler)
        }
        if !isDone, let album = handler.update.album { try handler.keepFile(ofAlbum: album, isDue: false) }
    }

    /// Predicts or stores the file if the caption asks for that, or asks for nothing; returns false for other captions.
    private func use(_ file: ChatFile, _ reading: CommandParser.Reading, by handler: CommandHandler) throws
        -> Bool
    {
        switch reading {
        case .command(.predict(var request)) where request.cells.isEmpty && request.table == nil:
            request.table = .file(file)
            try handler.perform(.predict(request))
        // The file is stored first; its card has a button that trains.
        case .command(.chooseTraining): try handler.store(file)
        case .blobs, .talk: try handler.handle(file)
        case .command, .foreign: return false
        }
        return true
    }
}
