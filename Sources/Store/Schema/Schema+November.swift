/// The migrations of November 2026, in their order.
extension Schema {
    static let runs = [
        """
        CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            work TEXT NOT NULL,
            origin TEXT NOT NULL,
            chatID INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(origin, '$.chat')) STORED,
            anchorID INTEGER,
            createdAt REAL NOT NULL
        ) STRICT
        """,
        "CREATE INDEX runOfChat ON run(chatID, id)",
        """
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            runID INTEGER REFERENCES run(id) ON DELETE CASCADE,
            kind TEXT NOT NULL,
            work TEXT NOT NULL,
            origin TEXT NOT NULL,
            engine TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN
                ('available', 'scheduled', 'running', 'retryable', 'completed', 'cancelled', 'discarded')),
            availableAt REAL NOT NULL,
            attempt INTEGER NOT NULL CHECK (attempt >= 0),
            rescues INTEGER NOT NULL CHECK (rescues >= 0),
            launchTokenHash BLOB,
            leaseTokenHash BLOB,
            leaseUntil REAL,
            handle TEXT,
            deadline REAL,
            lastSequence INTEGER NOT NULL,
            cancelRequested INTEGER NOT NULL CHECK (cancelRequested IN (0, 1)),
            phase TEXT,
            fraction REAL,
            note TEXT,
            spans TEXT NOT NULL,
            outcome TEXT,
            failure TEXT,
            createdAt REAL NOT NULL,
            startedAt REAL,
            finishedAt REAL,
            CHECK ((state = 'running') = (leaseUntil IS NOT NULL)),
            CHECK ((state IN ('completed', 'cancelled', 'discarded')) = (finishedAt IS NOT NULL))
        ) STRICT
        """,
        "CREATE INDEX jobOfRun ON job(runID)",
        "CREATE INDEX jobToClaim ON job(availableAt, id) WHERE state IN ('available', 'scheduled', 'retryable')",
        "CREATE INDEX jobRunning ON job(leaseUntil) WHERE state = 'running'",
        """
        CREATE TABLE logLine (
            id INTEGER PRIMARY KEY,
            jobID INTEGER NOT NULL REFERENCES job(id) ON DELETE CASCADE,
            at REAL NOT NULL,
            line TEXT NOT NULL
        ) STRICT
        """,
        "CREATE INDEX logOfJob ON logLine(jobID, id)",
    ]

    static let chat =
        [
            outbox(kinds: outboxKinds)
        ] + outboxIndexes + [
            "CREATE TABLE inbox (updateID INTEGER PRIMARY KEY, receivedAt REAL NOT NULL) STRICT",
            """
            CREATE TABLE topic (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                chatID INTEGER NOT NULL,
                threadID INTEGER,
                name TEXT NOT NULL,
                secretHash BLOB NOT NULL UNIQUE,
                createdBy INTEGER NOT NULL,
                createdAt REAL NOT NULL,
                UNIQUE (chatID, name)
            ) STRICT
            """,
            """
            CREATE TABLE member (
                userID INTEGER PRIMARY KEY,
                role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
                name TEXT NOT NULL,
                addedAt REAL NOT NULL
            ) STRICT
            """,
            "CREATE TABLE mutedChat (chatID INTEGER PRIMARY KEY, reason TEXT NOT NULL, since REAL NOT NULL) STRICT",
            "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
        ]

    static let door = [
        "ALTER TABLE job ADD COLUMN priority INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE job ADD COLUMN uniqueKey TEXT",
        // No two open jobs have the same key.
        """
        CREATE UNIQUE INDEX jobOfKey ON job(uniqueKey)
        WHERE state IN ('available', 'scheduled', 'running', 'retryable')
        """,
        "DROP INDEX jobToClaim",
        """
        CREATE INDEX jobToClaim ON job(engine, kind, priority DESC, availableAt, id)
        WHERE state IN ('available', 'scheduled', 'retryable')
        """,
        "CREATE INDEX jobEnded ON job(finishedAt) WHERE finishedAt IS NOT NULL",
        "CREATE INDEX outboxSending ON outbox(chatID) WHERE state = 'sending'",
        "CREATE INDEX outboxEndedWhen ON outbox(createdAt) WHERE state IN ('sent', 'failed')",
        // The idempotency keys of posts.
        """
        CREATE TABLE postKey (
            topicID INTEGER NOT NULL REFERENCES topic(id) ON DELETE CASCADE,
            keyHash BLOB NOT NULL,
            at REAL NOT NULL,
            PRIMARY KEY (topicID, keyHash)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE invitation (
            codeHash BLOB PRIMARY KEY,
            role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
            createdBy INTEGER NOT NULL,
            expiresAt REAL NOT NULL
        ) STRICT, WITHOUT ROWID
        """,
    ]

    static let invitations =
        [
            // SQLite cannot change the CHECK on `kind` of an existing table, so a new table replaces the old one.
            "ALTER TABLE outbox RENAME TO formerOutbox",
            outbox(kinds: outboxKinds + ", 'invitation'"),
            "INSERT INTO outbox SELECT * FROM formerOutbox",
            "DROP TABLE formerOutbox",
            "CREATE INDEX outboxSending ON outbox(chatID) WHERE state = 'sending'",
            "CREATE INDEX outboxEndedWhen ON outbox(createdAt) WHERE state IN ('sent', 'failed')",
        ] + outboxIndexes + [
            // Earlier versions of the bot never inserted an invitation.
            "DROP TABLE invitation",
            """
            CREATE TABLE invitation (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
                codeHash BLOB UNIQUE,
                createdBy INTEGER NOT NULL,
                expiresAt REAL NOT NULL
            ) STRICT
            """,
        ]

    static let talk = [
        "ALTER TABLE run ADD COLUMN isQuiet INTEGER NOT NULL DEFAULT 0 CHECK (isQuiet IN (0, 1))",
        "CREATE TABLE quietChat (chatID INTEGER PRIMARY KEY, until REAL NOT NULL) STRICT",
        """
        CREATE TABLE runEvent (
            id INTEGER PRIMARY KEY,
            runID INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
            at REAL NOT NULL,
            what TEXT NOT NULL,
            who TEXT,
            detail TEXT
        ) STRICT
        """,
        "CREATE INDEX eventOfRun ON runEvent(runID, id)",
        // For `card(of:)` and `tables(ofChat:limit:)`.
        "CREATE INDEX lookOfBlob ON job(json_extract(work, '$.arguments.blob'), id) WHERE kind = 'look'",
        "CREATE INDEX lookOfChat ON job(json_extract(origin, '$.chat'), id) WHERE kind = 'look'",
    ]

    static let images = [
        """
        CREATE TABLE image (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            runID INTEGER NOT NULL UNIQUE REFERENCES run(id),
            name TEXT NOT NULL,
            path TEXT NOT NULL,
            size INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            enrolmentHash BLOB,
            enrolsUntil REAL NOT NULL,
            createdAt REAL NOT NULL
        ) STRICT
        """,
        "CREATE UNIQUE INDEX imageOfToken ON image(enrolmentHash) WHERE enrolmentHash IS NOT NULL",
    ]

    static let paidMachines = [
        "ALTER TABLE job ADD COLUMN awaitsConsent INTEGER NOT NULL DEFAULT 0 CHECK (awaitsConsent IN (0, 1))",
        "ALTER TABLE job ADD COLUMN price REAL",
        "ALTER TABLE job ADD COLUMN consentedAt REAL",
        "CREATE INDEX jobPaid ON job(consentedAt) WHERE consentedAt IS NOT NULL",
    ]

    private static let outboxKinds = "'reply', 'anchor', 'ended', 'card', 'address', 'notification'"

    private static func outbox(kinds: String) -> String {
        """
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chatID INTEGER NOT NULL,
            threadID INTEGER,
            kind TEXT NOT NULL CHECK (kind IN (\(kinds))),
            subject INTEGER,
            payload TEXT,
            state TEXT NOT NULL CHECK (state IN ('pending', 'sending', 'sent', 'failed')),
            urgency INTEGER NOT NULL,
            notBefore REAL NOT NULL,
            tries INTEGER NOT NULL,
            repeats INTEGER NOT NULL,
            partsSent INTEGER NOT NULL,
            messageID INTEGER,
            error TEXT,
            createdAt REAL NOT NULL
        ) STRICT
        """
    }

    private static let outboxIndexes = [
        "CREATE INDEX outboxOpen ON outbox(chatID, urgency, id) WHERE state IN ('pending', 'sending')",
        // One pending edit per run is enough, because the edit is rendered only when it is sent.
        "CREATE UNIQUE INDEX outboxAnchor ON outbox(subject) WHERE kind = 'anchor' AND state = 'pending'",
        "CREATE UNIQUE INDEX outboxEnded ON outbox(subject) WHERE kind = 'ended'",
    ]
}
