extension Schema {
    /// Tables about messages of people: edited ones, albums, and what need not be said twice.
    static let albums = [
        // What became of the commands of people, so that an edited one can be read again.
        """
        CREATE TABLE reading (
            chatID INTEGER NOT NULL,
            messageID INTEGER NOT NULL,
            text TEXT NOT NULL,
            isDone INTEGER NOT NULL CHECK (isDone IN (0, 1)),
            answerID INTEGER,
            at REAL NOT NULL,
            PRIMARY KEY (chatID, messageID)
        ) STRICT, WITHOUT ROWID
        """,
        // What was said in a chat and need not be said again for a while.
        """
        CREATE TABLE said (
            chatID INTEGER NOT NULL,
            what TEXT NOT NULL,
            at REAL NOT NULL,
            PRIMARY KEY (chatID, what)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE albumCaption (
            chatID INTEGER NOT NULL,
            album TEXT NOT NULL,
            caption TEXT NOT NULL,
            sentAt REAL NOT NULL,
            PRIMARY KEY (chatID, album)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE albumFile (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chatID INTEGER NOT NULL,
            album TEXT NOT NULL,
            payload TEXT NOT NULL,
            dueAt REAL,
            at REAL NOT NULL
        ) STRICT
        """,
        "CREATE INDEX fileOfAlbum ON albumFile(chatID, album)",
        "CREATE INDEX albumFileDue ON albumFile(dueAt) WHERE dueAt IS NOT NULL",
        "CREATE INDEX runOfMessage ON run(chatID, json_extract(origin, '$.message'))",
    ]
}
