PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE droppedMessage (
    chatID INTEGER NOT NULL,
    topic TEXT NOT NULL,
    count INTEGER NOT NULL,
    firstAt REAL NOT NULL,
    lastAt REAL NOT NULL,
    PRIMARY KEY (chatID, topic)
) STRICT, WITHOUT ROWID;
INSERT INTO "droppedMessage" VALUES(-5,'nightly',12,1795566300.0,1795566900.0);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('2026-11 runs');
INSERT INTO "grdb_migrations" VALUES('2026-11 door');
INSERT INTO "grdb_migrations" VALUES('2026-11 invitations');
INSERT INTO "grdb_migrations" VALUES('2026-11 talk');
INSERT INTO "grdb_migrations" VALUES('2026-11 images');
INSERT INTO "grdb_migrations" VALUES('2026-11 paid machines');
INSERT INTO "grdb_migrations" VALUES('2026-12 muted chats');
INSERT INTO grdb_migrations VALUES('2026-12 post keys');
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
) STRICT;
INSERT INTO "image" VALUES(1,4,'okai.qcow2','/srv/images/okai.qcow2',1024,'0708',X'0506',4102444800.0,1795566303.0);
CREATE TABLE inbox (updateID INTEGER PRIMARY KEY, receivedAt REAL NOT NULL) STRICT;
INSERT INTO "inbox" VALUES(1,1.79556626381544971468e+09);
INSERT INTO "inbox" VALUES(2,1.79556626387064790723e+09);
INSERT INTO "inbox" VALUES(3,1.79556626390037107465e+09);
INSERT INTO "inbox" VALUES(4,1.79556626411394262311e+09);
INSERT INTO "inbox" VALUES(5,1.79556626414003300666e+09);
CREATE TABLE invitation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    codeHash BLOB UNIQUE,
    createdBy INTEGER NOT NULL,
    expiresAt REAL NOT NULL
) STRICT;
INSERT INTO "invitation" VALUES(1,'viewer',X'0304',1,1795566300.0);
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
    finishedAt REAL, priority INTEGER NOT NULL DEFAULT 0, uniqueKey TEXT, awaitsConsent INTEGER NOT NULL DEFAULT 0 CHECK (awaitsConsent IN (0, 1)), price REAL, consentedAt REAL,
    CHECK ((state = 'running') = (leaseUntil IS NOT NULL)),
    CHECK ((state IN ('completed', 'cancelled', 'discarded')) = (finishedAt IS NOT NULL))
) STRICT;
INSERT INTO "job" VALUES(1,1,'train','{"arguments":{"dataset":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","parameters":{"depth":5,"seed":42,"test":0.2,"trees":5}},"kind":"train"}','{"chat":1,"user":1,"userName":"you"}','local','completed',1.79556626381544971468e+09,1,0,NULL,X'ECECAF57922F46CFF372A8DCA265AEE23281CD958963BCC7A67D39D4137CBB5E',NULL,'{"pid":17597,"started":1605457}',1.79565266382220983503e+09,12,0,'pushing',NULL,NULL,'[{"endedAt":1795566264.071181,"phase":"pulling","startedAt":1795566263.929861},{"endedAt":1795566264.0775547,"phase":"training","startedAt":1795566264.071181},{"endedAt":1795566264.3816066,"phase":"pushing","startedAt":1795566264.0775547}]','{"trained":{"result":{"metrics":{"accuracy":1,"baselineAccuracy":0.3333333333333333,"classes":["setosa","versicolor","virginica"],"confusion":[[10,0,0],[0,10,0],[0,0,10]],"importance":[{"feature":"petal_width","share":0.4591798949061647},{"feature":"petal_length","share":0.24289990759397212},{"feature":"sepal_length","share":0.23645934846996317},{"feature":"sepal_width","share":0.06146084902989999}],"macroF1":1,"outOfBagScore":0.9259259259259259,"target":"species","testRows":30,"trainRows":120},"model":{"id":"z32JJgTCxEglTTUpOyEw24Pq463E2GRqiPxeyuSMzDI","size":3609},"receipt":{"id":"cPG3dnmM4PaKjWGrQ79ePoaqQOz2OXrn_8dG73p3IpU","size":707}}}}',NULL,1.79556626381544971468e+09,1.79556626382220983501e+09,1.79556626438160657878e+09,0,NULL,0,NULL,NULL);
INSERT INTO "job" VALUES(2,NULL,'look','{"arguments":{"blob":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8"},"kind":"look"}','{"chat":1,"user":1,"userName":"you"}','local','completed',1.79556626390037107465e+09,1,0,NULL,X'6B5B203D40F254CE9D2E3E0A59B40FE9BA5B3BF70D71B26AA3AB12147A89C461',NULL,'{"pid":17605,"started":1605464}',1.79565266390302729609e+09,1,0,NULL,NULL,NULL,'[]','{"looked":{"card":{"blob":{"id":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","size":3858},"content":"csv","table":{"columns":["sepal_length","sepal_width","petal_length","petal_width","species"],"rows":150,"target":"species"}}}}',NULL,1.79556626390037107465e+09,1.79556626390302729603e+09,1.79556626410284590721e+09,1,'look 1 0 l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8',0,NULL,NULL);
INSERT INTO "job" VALUES(3,2,'train','{"arguments":{"dataset":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","parameters":{"depth":5,"seed":42,"target":"price","test":0.2,"trees":100}},"kind":"train"}','{"chat":1,"user":1,"userName":"you"}','local','discarded',1.79556626411394262311e+09,1,0,NULL,X'EB2BCA6A85EC1340CED1AAA73EDCEC202E9E1DEBFAA5007AA5B2D28DFC5BF559',NULL,'{"pid":17620,"started":1605515}',1.79565266438458895686e+09,7,0,'training',NULL,NULL,'[{"endedAt":1795566264.5533423,"phase":"pulling","startedAt":1795566264.4797971},{"endedAt":1795566264.560501,"phase":"training","startedAt":1795566264.5533423}]',NULL,'{"advice":"Choose one of the columns with target=NAME, or send another blob.","isTemporary":false,"phase":"training","reason":"no column named \"price\" in the header (found: sepal_length, sepal_width, petal_length, petal_width, species)"}',1.79556626411394262311e+09,1.7955662643845889568e+09,1.79556626456050109864e+09,0,NULL,0,NULL,NULL);
INSERT INTO "job" VALUES(4,3,'train','{"arguments":{"dataset":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","parameters":{"depth":5,"seed":42,"test":0.2,"trees":7}},"kind":"train"}','{"chat":1,"user":1,"userName":"you"}','local','available',1795566300.0,0,0,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,'[]',NULL,NULL,1795566300.0,NULL,NULL,0,NULL,0,NULL,NULL);
INSERT INTO "job" VALUES(5,4,'build','{"arguments":{"bot":"https://bot.example.org","command":["build"],"folder":"/srv/images"},"kind":"build"}','{"chat":2,"user":1,"userName":"you"}','local','completed',1795566301.0,1,0,NULL,NULL,NULL,NULL,NULL,4,0,'publishing',NULL,NULL,'[{"endedAt":1795566302,"phase":"building","startedAt":1795566301},{"endedAt":1795566303,"phase":"publishing","startedAt":1795566302}]','{"built":{"image":{"enrolmentHash":"0506","name":"okai.qcow2","sha256":"0708","size":1024}}}',NULL,1795566301.0,1795566301.0,1795566303.0,0,NULL,0,NULL,NULL);
INSERT INTO "job" VALUES(6,5,'train','{"arguments":{"dataset":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","parameters":{"depth":5,"seed":42,"test":0.2,"trees":9}},"kind":"train"}','{"chat":2,"user":1,"userName":"you"}','fluence','available',1795566304.0,0,0,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,'[]',NULL,NULL,1795566304.0,NULL,NULL,0,NULL,0,0.25,1795566305.0);
CREATE TABLE logLine (
    id INTEGER PRIMARY KEY,
    jobID INTEGER NOT NULL REFERENCES job(id) ON DELETE CASCADE,
    at REAL NOT NULL,
    line TEXT NOT NULL
) STRICT;
INSERT INTO "logLine" VALUES(1,1,1.79556626392986106877e+09,'pulling l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8');
INSERT INTO "logLine" VALUES(2,1,1.79556626407118105886e+09,'pulled 3858 bytes; their blob ID, recomputed here, is the one asked for');
INSERT INTO "logLine" VALUES(3,1,1.79556626407755470275e+09,'training with trees=5 depth=5 seed=42 test=0.2');
INSERT INTO "logLine" VALUES(4,1,1.79556626407755470275e+09,'learnt species from 4 features of 120 rows; 3 classes, accuracy 1.0 on 30 rows');
INSERT INTO "logLine" VALUES(5,1,1.79556626438160657878e+09,'pushed the model, 3609 bytes: z32JJgTCxEglTTUpOyEw24Pq463E2GRqiPxeyuSMzDI');
INSERT INTO "logLine" VALUES(6,1,1.79556626438160657878e+09,'pushed the receipt, 707 bytes: cPG3dnmM4PaKjWGrQ79ePoaqQOz2OXrn_8dG73p3IpU');
INSERT INTO "logLine" VALUES(7,3,1.79556626447979712484e+09,'pulling l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8');
INSERT INTO "logLine" VALUES(8,3,1.79556626455334234241e+09,'pulled 3858 bytes; their blob ID, recomputed here, is the one asked for');
INSERT INTO "logLine" VALUES(9,3,1.79556626455334234241e+09,'training with target=price trees=100 depth=5 seed=42 test=0.2');
CREATE TABLE member (
    userID INTEGER PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
    name TEXT NOT NULL,
    addedAt REAL NOT NULL
) STRICT;
INSERT INTO "member" VALUES(7,'operator','Ada',1795566300.0);
CREATE TABLE mutedChat (chatID INTEGER PRIMARY KEY, reason TEXT NOT NULL, since REAL NOT NULL, probeAt REAL NOT NULL DEFAULT 0, probes INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "mutedChat" VALUES(-5,'bot was kicked from the group chat',1795566300.0,1795567200.0,3);
CREATE TABLE mutedThread (
    chatID INTEGER NOT NULL,
    threadID INTEGER NOT NULL,
    reason TEXT NOT NULL,
    probeAt REAL NOT NULL,
    probes INTEGER NOT NULL,
    PRIMARY KEY (chatID, threadID)
) STRICT, WITHOUT ROWID;
INSERT INTO "mutedThread" VALUES(-6,7,'Bad Request: TOPIC_CLOSED',1795567200.0,2);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chatID INTEGER NOT NULL,
    threadID INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('reply', 'anchor', 'ended', 'card', 'address', 'notification', 'invitation')),
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
) STRICT;
INSERT INTO "outbox" VALUES(1,1,NULL,'anchor',1,NULL,'sent',0,-62135769600.0,0,0,0,1,NULL,1.79556626381544971468e+09);
INSERT INTO "outbox" VALUES(2,1,NULL,'anchor',1,NULL,'sent',1,-62135769600.0,0,0,0,1,NULL,1.79556626382220983501e+09);
INSERT INTO "outbox" VALUES(3,1,NULL,'address',1,NULL,'sent',0,-62135769600.0,0,0,1,2,NULL,1.79556626387064790723e+09);
INSERT INTO "outbox" VALUES(4,1,NULL,'anchor',1,NULL,'sent',1,-62135769600.0,0,0,0,1,NULL,1.79556626390276145932e+09);
INSERT INTO "outbox" VALUES(5,1,NULL,'anchor',1,NULL,'sent',1,-62135769600.0,0,0,0,1,NULL,1.79556626392986106877e+09);
INSERT INTO "outbox" VALUES(6,1,NULL,'anchor',1,NULL,'sent',1,-62135769600.0,0,0,0,1,NULL,1.79556626407118105886e+09);
INSERT INTO "outbox" VALUES(7,1,NULL,'anchor',1,NULL,'sent',1,-62135769600.0,0,0,0,1,NULL,1.79556626407755470275e+09);
INSERT INTO "outbox" VALUES(8,1,NULL,'card',2,NULL,'sent',0,-62135769600.0,0,0,1,3,NULL,1.79556626410284590721e+09);
INSERT INTO "outbox" VALUES(9,1,NULL,'anchor',2,NULL,'sent',0,-62135769600.0,0,0,0,4,NULL,1.79556626411394262311e+09);
INSERT INTO "outbox" VALUES(10,1,NULL,'reply',NULL,'{"keyboard":{"inlineKeyboard":[[{"callbackData":"t:l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","style":"primary","text":"▶️ Try the demo blob"}],[{"callbackData":"h:1","text":"How it works"}]]},"text":{"runs":[{"style":{"bold":{}},"text":"OKAI Bot"},{"style":{"plain":{}},"text":"\nTrains a model on data that lies on Walrus, and reports back here.\n\n"},{"style":{"bold":{}},"text":"Fastest way:"},{"style":{"plain":{}},"text":" paste a blob ID in this chat.\n\n"},{"style":{"plain":{}},"text":"/help – How it works"},{"style":{"plain":{}},"text":"\n"},{"style":{"plain":{}},"text":"/train – Train a model from a Walrus blob"},{"style":{"plain":{}},"text":"\n"},{"style":{"plain":{}},"text":"/status [run] – What is running"},{"style":{"plain":{}},"text":"\n"},{"style":{"plain":{}},"text":"/runs – The latest runs of this chat"},{"style":{"plain":{}},"text":"\n"},{"style":{"plain":{}},"text":"/cancel [run] – Stop a run"},{"style":{"plain":{}},"text":"\n"},{"style":{"plain":{}},"text":"/retry [run] – Do a run again"},{"style":{"plain":{}},"text":"\n"},{"style":{"plain":{}},"text":"/logs [run] – The last lines of a run"},{"style":{"plain":{}},"text":"\n"},{"style":{"plain":{}},"text":"/register <name> – Get an address that scripts can post to"},{"style":{"plain":{}},"text":"\n"},{"style":{"plain":{}},"text":"/unregister <name> – Revoke such an address"},{"style":{"plain":{}},"text":"\n"},{"style":{"plain":{}},"text":"/list – The addresses of this chat"}]}}','sent',0,-62135769600.0,0,0,1,5,NULL,1.79556626414003300666e+09);
INSERT INTO "outbox" VALUES(11,1,NULL,'anchor',1,NULL,'sent',0,-62135769600.0,0,0,0,1,NULL,1.79556626438160657878e+09);
INSERT INTO "outbox" VALUES(12,1,NULL,'ended',1,NULL,'sent',0,-62135769600.0,0,0,1,6,NULL,1.79556626438160657878e+09);
INSERT INTO "outbox" VALUES(13,1,NULL,'anchor',2,NULL,'sent',1,-62135769600.0,0,0,0,4,NULL,1.7955662643845889568e+09);
INSERT INTO "outbox" VALUES(14,1,NULL,'anchor',2,NULL,'sent',1,-62135769600.0,0,0,0,4,NULL,1.79556626446662545202e+09);
INSERT INTO "outbox" VALUES(15,1,NULL,'anchor',2,NULL,'sent',1,-62135769600.0,0,0,0,4,NULL,1.79556626447979712484e+09);
INSERT INTO "outbox" VALUES(16,1,NULL,'anchor',2,NULL,'sent',1,-62135769600.0,0,0,0,4,NULL,1.79556626448515844344e+09);
INSERT INTO "outbox" VALUES(17,1,NULL,'anchor',2,NULL,'sent',1,-62135769600.0,0,0,0,4,NULL,1.79556626455334234241e+09);
INSERT INTO "outbox" VALUES(18,1,NULL,'anchor',2,NULL,'sent',0,-62135769600.0,0,0,0,4,NULL,1.79556626456050109864e+09);
INSERT INTO "outbox" VALUES(19,1,NULL,'ended',2,NULL,'sent',0,-62135769600.0,0,0,1,7,NULL,1.79556626456050109864e+09);
INSERT INTO "outbox" VALUES(20,1,NULL,'reply',NULL,'{"text":{"runs":[{"style":{"plain":{}},"text":"still to be said"}]}}','pending',0,0.0,0,0,0,NULL,NULL,1795566300.0);
INSERT INTO "outbox" VALUES(21,1,NULL,'anchor',3,NULL,'pending',0,0.0,0,0,0,NULL,NULL,1795566300.0);
INSERT INTO "outbox" VALUES(22,1,NULL,'invitation',1,NULL,'sent',0,0.0,0,0,1,8,NULL,1795566300.0);
CREATE TABLE postKey (
    topicID INTEGER NOT NULL REFERENCES topic(id) ON DELETE CASCADE,
    keyHash BLOB NOT NULL,
    at REAL NOT NULL, contentHash BLOB, postID INTEGER,
    PRIMARY KEY (topicID, keyHash)
) STRICT, WITHOUT ROWID;
INSERT INTO postKey VALUES(1,X'0102',1795566300.0,NULL,NULL);
INSERT INTO postKey VALUES(1,X'0304',1795566301.0,X'0506',42);
CREATE TABLE quietChat (chatID INTEGER PRIMARY KEY, until REAL NOT NULL) STRICT;
INSERT INTO "quietChat" VALUES(1,4102444800.0);
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    work TEXT NOT NULL,
    origin TEXT NOT NULL,
    chatID INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(origin, '$.chat')) STORED,
    anchorID INTEGER,
    createdAt REAL NOT NULL
, isQuiet INTEGER NOT NULL DEFAULT 0 CHECK (isQuiet IN (0, 1))) STRICT;
INSERT INTO "run" VALUES(1,'{"arguments":{"dataset":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","parameters":{"depth":5,"seed":42,"test":0.2,"trees":5}},"kind":"train"}','{"chat":1,"user":1,"userName":"you"}',1,1.79556626381544971468e+09,0);
INSERT INTO "run" VALUES(2,'{"arguments":{"dataset":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","parameters":{"depth":5,"seed":42,"target":"price","test":0.2,"trees":100}},"kind":"train"}','{"chat":1,"user":1,"userName":"you"}',4,1.79556626411394262311e+09,1);
INSERT INTO "run" VALUES(3,'{"arguments":{"dataset":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","parameters":{"depth":5,"seed":42,"test":0.2,"trees":7}},"kind":"train"}','{"chat":1,"user":1,"userName":"you"}',NULL,1795566300.0,0);
INSERT INTO "run" VALUES(4,'{"arguments":{"bot":"https://bot.example.org","command":["build"],"folder":"/srv/images"},"kind":"build"}','{"chat":2,"user":1,"userName":"you"}',9,1795566301.0,0);
INSERT INTO "run" VALUES(5,'{"arguments":{"dataset":"l2y--QBVILrMBnnzo0trCMkB0BF7zhKOIHyeBvUooO8","parameters":{"depth":5,"seed":42,"test":0.2,"trees":9}},"kind":"train"}','{"chat":2,"user":1,"userName":"you"}',10,1795566304.0,0);
CREATE TABLE runEvent (
    id INTEGER PRIMARY KEY,
    runID INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
    at REAL NOT NULL,
    what TEXT NOT NULL,
    who TEXT,
    detail TEXT
) STRICT;
INSERT INTO "runEvent" VALUES(1,2,1.79556626411394262311e+09,'asked','you',NULL);
INSERT INTO "runEvent" VALUES(2,2,1.79556626447979712484e+09,'started',NULL,'local');
INSERT INTO "runEvent" VALUES(3,2,1.79556626456050109864e+09,'failed',NULL,'no column named "price"');
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
INSERT INTO "setting" VALUES('port','8888');
CREATE TABLE topic (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chatID INTEGER NOT NULL,
    threadID INTEGER,
    name TEXT NOT NULL,
    secretHash BLOB NOT NULL UNIQUE,
    createdBy INTEGER NOT NULL,
    createdAt REAL NOT NULL,
    UNIQUE (chatID, name)
) STRICT;
INSERT INTO "topic" VALUES(1,1,NULL,'nightly',X'B3F840D5C24C59F46466C7E2486D88BD0E1F345879EC77BE7A902AD110C149DA',1,1.79556626387064790723e+09);
CREATE INDEX runOfChat ON run(chatID, id);
CREATE INDEX jobOfRun ON job(runID);
CREATE INDEX jobRunning ON job(leaseUntil) WHERE state = 'running';
CREATE INDEX logOfJob ON logLine(jobID, id);
CREATE UNIQUE INDEX jobOfKey ON job(uniqueKey)
WHERE state IN ('available', 'scheduled', 'running', 'retryable');
CREATE INDEX jobToClaim ON job(engine, kind, priority DESC, availableAt, id)
WHERE state IN ('available', 'scheduled', 'retryable');
CREATE INDEX jobEnded ON job(finishedAt) WHERE finishedAt IS NOT NULL;
CREATE INDEX outboxSending ON outbox(chatID) WHERE state = 'sending';
CREATE INDEX outboxEndedWhen ON outbox(createdAt) WHERE state IN ('sent', 'failed');
CREATE INDEX outboxOpen ON outbox(chatID, urgency, id) WHERE state IN ('pending', 'sending');
CREATE UNIQUE INDEX outboxAnchor ON outbox(subject) WHERE kind = 'anchor' AND state = 'pending';
CREATE UNIQUE INDEX outboxEnded ON outbox(subject) WHERE kind = 'ended';
CREATE INDEX eventOfRun ON runEvent(runID, id);
CREATE INDEX lookOfBlob ON job(json_extract(work, '$.arguments.blob'), id) WHERE kind = 'look';
CREATE INDEX lookOfChat ON job(json_extract(origin, '$.chat'), id) WHERE kind = 'look';
CREATE UNIQUE INDEX imageOfToken ON image(enrolmentHash) WHERE enrolmentHash IS NOT NULL;
CREATE INDEX jobPaid ON job(consentedAt) WHERE consentedAt IS NOT NULL;
CREATE INDEX outboxHeld ON outbox(chatID, notBefore) WHERE state = 'pending' AND urgency = 9;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('run',5);
INSERT INTO "sqlite_sequence" VALUES('job',6);
INSERT INTO "sqlite_sequence" VALUES('topic',1);
INSERT INTO "sqlite_sequence" VALUES('outbox',22);
INSERT INTO "sqlite_sequence" VALUES('invitation',1);
INSERT INTO "sqlite_sequence" VALUES('image',1);
COMMIT;
