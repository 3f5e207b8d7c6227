/// The migrations of December 2026, in their order.
extension Schema {
    static let mutedChats = [
        "ALTER TABLE mutedChat ADD COLUMN probeAt REAL NOT NULL DEFAULT 0",
        "ALTER TABLE mutedChat ADD COLUMN probes INTEGER NOT NULL DEFAULT 0",
        // The forum topics that take no messages now; 0 is a group's General.
        """
        CREATE TABLE mutedThread (
            chatID INTEGER NOT NULL,
            threadID INTEGER NOT NULL,
            reason TEXT NOT NULL,
            probeAt REAL NOT NULL,
            probes INTEGER NOT NULL,
            PRIMARY KEY (chatID, threadID)
        ) STRICT, WITHOUT ROWID
        """,
        // What was dropped of chats that cannot be written to, until the chat is told.
        """
        CREATE TABLE droppedMessage (
            chatID INTEGER NOT NULL,
            topic TEXT NOT NULL,
            count INTEGER NOT NULL,
            firstAt REAL NOT NULL,
            lastAt REAL NOT NULL,
            PRIMARY KEY (chatID, topic)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE INDEX outboxHeld ON outbox(chatID, notBefore) WHERE state = 'pending' AND urgency = 9",
    ]

    static let postKeys = [
        "ALTER TABLE postKey ADD COLUMN contentHash BLOB",
        "ALTER TABLE postKey ADD COLUMN postID INTEGER",
    ]

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

    static let delayedPosts = [
        """
        CREATE TABLE delayedPost (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            topicID INTEGER NOT NULL REFERENCES topic(id) ON DELETE CASCADE,
            sequence TEXT,
            payload TEXT NOT NULL,
            dueAt REAL NOT NULL,
            createdAt REAL NOT NULL
        ) STRICT
        """,
        "CREATE INDEX delayedPostDue ON delayedPost(dueAt)",
        "CREATE INDEX delayedPostOfTopic ON delayedPost(topicID, sequence)",
        // The newest message of each sequence. `outboxID` is no foreign key, because a later migration may have to
        // replace the table `outbox`.
        """
        CREATE TABLE postSequence (
            topicID INTEGER NOT NULL REFERENCES topic(id) ON DELETE CASCADE,
            sequence TEXT NOT NULL,
            outboxID INTEGER NOT NULL,
            PRIMARY KEY (topicID, sequence)
        ) STRICT, WITHOUT ROWID
        """,
    ]
}
