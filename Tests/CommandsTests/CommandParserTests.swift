import Commands
import Contract
import Store
import Testing

@Suite("The command parser")
struct CommandParserTests {
    private static let parser = CommandParser(botName: "okai_test_bot")

    private static func train(_ change: (inout TrainRequest) -> Void = { _ in }) -> CommandParser.Reading {
        var request = TrainRequest(dataset: .blob(.iris))
        change(&request)
        return .command(.train(request))
    }

    private static let readings: [(String, CommandParser.Reading)] = [
        ("/start", .command(.start(code: nil))),
        ("/start s3cret", .command(.start(code: "s3cret"))),
        ("/help", .command(.help(.basics))),
        ("  /HELP  ", .command(.help(.basics))),
        ("/help@okai_test_bot", .command(.help(.basics))),
        ("/help@OKAI_TEST_BOT", .command(.help(.basics))),
        ("/help@another_bot", .foreign),
        ("/nonsense@another_bot x", .foreign),
        ("/help all", .command(.help(.all))),
        ("/help Train", .command(.help(.train))),
        ("/status", .command(.status(run: nil))),
        ("/status 7", .command(.status(run: 7))),
        ("/status #7", .command(.status(run: 7))),
        ("/train", .command(.chooseTraining)),
        ("/train https://walruscan.com/testnet/blob/\(BlobID.iris)", train()),
        ("/train #19", train { $0.dataset = .run(19) }),
        ("/runs", .command(.runs(.all))),
        ("/runs Failed", .command(.runs(.failed))),
        ("/events 7", .command(.events(run: 7))),
        ("/notify 7 off", .command(.notify(run: 7, isOn: false))),
        ("/notify on", .command(.notify(run: nil, isOn: true))),
        ("/notify 7", .command(.notify(run: 7, isOn: nil))),
        ("/mute", .command(.mute(.show))),
        ("/mute off", .command(.mute(.off))),
        ("/mute 30m", .command(.mute(.on(seconds: 1_800)))),
        ("/mute 8", .command(.mute(.on(seconds: 28_800)))),
        ("/mute 2d", .command(.mute(.on(seconds: 172_800)))),
        ("/members", .command(.members)),
        ("/help register", .command(.help(.command(.register)))),
        ("/help /logs", .command(.help(.command(.logs)))),
        ("/help me", .command(.help(.basics))),
        ("/cancel", .command(.cancel(.choose))),
        ("/cancel\n7", .command(.cancel(.runs([7])))),
        ("/cancel 7, #9 7", .command(.cancel(.runs([7, 9])))),
        ("/cancel ALL", .command(.cancel(.own))),
        ("/cancel everybody", .command(.cancel(.everybodys))),
        ("/retry", .command(.retry(.latest))),
        ("/retry 12", .command(.retry(.runs([12])))),
        ("/retry 12 13", .command(.retry(.runs([12, 13])))),
        ("/retry failed", .command(.retry(.failed))),
        ("/logs", .command(.logs(run: nil))),
        (
            "/predict 7 5.1,3.5, 1.4 0.2",
            .command(.predict(.init(run: 7, cells: ["5.1", "3.5", "1.4", "0.2"])))
        ),
        (
            "/predict 7, 5.1,,1.4 , 0.2,",
            .command(.predict(.init(run: 7, cells: ["5.1", "", "1.4", "0.2", ""])))
        ),
        (
            "/predict 7 a=1, b=2,",
            .command(.predict(.init(run: 7, names: ["a", "b"], cells: ["1", "2"])))
        ),
        (
            "/predict #7 petal_width=1.9 a=b=c",
            .command(.predict(.init(run: 7, names: ["petal_width", "a"], cells: ["1.9", "b=c"])))
        ),
        (
            "/predict 7 \"Lot Area\"=8450 street=“Main St, 5” 'a=b'=O'Brien",
            .command(
                .predict(
                    .init(
                        run: 7,
                        names: ["Lot Area", "street", "a=b"],
                        cells: ["8450", "Main St, 5", "O'Brien"]
                    )
                )
            )
        ),
        (
            "/predict 7 \"Main St, 5\",,5' 6\" , \"x=1\"",
            .command(.predict(.init(run: 7, cells: ["Main St, 5", "", "5'", "6\"", "x=1"])))
        ),
        ("/verify #7", .command(.verify(.run(7)))),
        ("/verify https://walrus.example/v1/blobs/\(Demo.blob)", .command(.verify(.blob(.iris)))),
        ("/register my_topic", .command(.register(name: "my_topic"))),
        ("/unregister größe-1.2", .command(.unregister(name: "größe-1.2"))),
        ("/list", .command(.list)),
        ("/invite operator", .command(.invite(.operator))),
        ("/invite Admin", .command(.invite(.admin))),
        ("/train \(Demo.blob)", train()),
        ("/train 7", train { $0.dataset = .run(7) }),
        (
            "/train trees=200 \(Demo.blob), depth=none",
            train { ($0.parameters.trees, $0.parameters.depth) = (200, nil) }
        ),
        ("/train \(Demo.blob) TREES=200", train { $0.parameters.trees = 200 }),
        (
            "/train \(Demo.blob) target=a=b seed=18446744073709551615",
            train {
                ($0.parameters.target, $0.parameters.seed) = ("a=b", .max)
            }
        ),
        ("/train \(Demo.blob) target=\"Sale Price\"", train { $0.parameters.target = "Sale Price" }),
        ("/train \(Demo.blob), target=“Sale Price”", train { $0.parameters.target = "Sale Price" }),
        ("/train target=‘Driver’s age’ \(Demo.blob)", train { $0.parameters.target = "Driver’s age" }),
        ("/train \(Demo.blob) target=\"3\"\" pipe\"", train { $0.parameters.target = "3\" pipe" }),
        (
            "/train \(Demo.blob) target=5' engine='local'",
            train { ($0.parameters.target, $0.engine) = ("5'", .local) }
        ),
        (
            "/train \(Demo.blob) ignore=id, name,\"a, b\" , 'c=d', trees=9",
            train { ($0.parameters.ignore, $0.parameters.trees) = (["id", "name", "a, b", "c=d"], 9) }
        ),
        ("/train ignore=id, \(Demo.blob)", train { $0.parameters.ignore = ["id"] }),
        (
            "/train \(Demo.blob) types=\"Zip Code\":text,day:date,a:b:category,price:number",
            train {
                $0.parameters.types = ["Zip Code": .text, "day": .date, "a:b": .text, "price": .number]
            }
        ),
        (
            "/train \(Demo.blob) missing=unknown,-999,\"not known\" thousands=apostrophe separator=space",
            train {
                $0.parameters.missing = ["unknown", "-999", "not known"]
                ($0.parameters.thousands, $0.parameters.separator) = (.apostrophe, .space)
            }
        ),
        ("/train \(Demo.blob) holdout=time", train { $0.parameters.holdout = .time }),
        ("/train \(Demo.blob) holdout=random", train { $0.parameters.holdout = .random }),
        (
            "/train \(Demo.blob) holdout=group:“Store ID” sample_weight='Row Weight'",
            train {
                $0.parameters.holdout = .group(column: "Store ID")
                $0.parameters.sampleWeight = "Row Weight"
            }
        ),
        (
            "/train \(Demo.blob) test=0.35 engine=local",
            train { ($0.parameters.test, $0.engine) = (0.35, .local) }
        ),
        ("hello", .talk),
        ("/", .talk),
        ("", .talk),
        (Demo.blob, .blobs([.iris])),
        ("what about \(Demo.blob)?", .blobs([.iris])),
    ]

    @Test("a text is parsed as a command, blob IDs, a command for another bot, or talk", arguments: readings)
    func reading(_ text: String, _ expected: CommandParser.Reading) throws {
        #expect(try Self.parser.read(text) == expected)
    }

    @Test(
        "an error names the wrong argument and what is allowed",
        arguments: [
            ("/nonsense", "there is no command /nonsense"),
            ("/STORE iris.csv", "there is no command /store here; send the file itself"),
            ("/train trees=7", "/train: the dataset is missing: send a Walrus blob ID"),
            (
                "/runs broken",
                "/runs: the argument is one of: all, waiting, running, succeeded, failed, cancelled, but you sent \"broken\""
            ),
            (
                "/mute soon",
                "/mute: the time must be like 30m, 8h or 2d, at most 30 days, but you sent \"soon\""
            ),
            ("/mute 31d", "but you sent \"31d\""),
            ("/notify 7 loudly", "/notify: the second argument is on or off, but you sent \"loudly\""),
            ("/train \(Demo.blob) hours=169", "hours is a whole number from 1 to 168"),
            ("/predict", "the number of a training's run is missing"),
            ("/predict x 1", "\"x\" is not the number of a run"),
            ("/predict 7", "the values of a row are missing"),
            ("/predict 7 ,,", "the values of a row are missing"),
            ("/predict 7 1,b=2", "some values have names, but \"1\" has none"),
            ("/verify", "the number of a run or a blob ID is missing"),
            ("/verify 1 2", "it takes one run or blob, but you sent 2 words: \"1\", \"2\""),
            ("/verify 0", "\"0\" is neither the number of a run, such as 7, nor a blob ID"),
            ("/train abc", "\"abc\""),
            ("/train -7", "\"-7\""),
            ("/train \(Demo.blob) \(Demo.blob)", "it takes one dataset, but you sent 2 words without \"=\""),
            ("/train \(Demo.blob) trees=0", "trees is a whole number from 1 to 10000, but you sent \"0\""),
            (
                "/train \(Demo.blob) depth=65",
                "depth is a whole number from 1 to 64 or none, but you sent \"65\""
            ),
            ("/train \(Demo.blob) seed=-1", "seed is a whole number from 0 up, but you sent \"-1\""),
            ("/train \(Demo.blob) test=1", "test is a share of the rows from 0 to below 1"),
            ("/train \(Demo.blob) test=nan", "test is a share of the rows from 0 to below 1"),
            ("/train \(Demo.blob) target=", "target is the name of a column"),
            (
                "/train \(Demo.blob) tree=9",
                "there is no setting \"tree\"; did you mean trees? There are: target, task, model, trees, depth"
            ),
            ("/train \(Demo.blob) task=guess", "task is one of: classification, regression"),
            ("/train \(Demo.blob) model=magic", "model is one of: forest, boost, linear, but you sent"),
            ("/train \(Demo.blob) rate=0", "rate is a number above 0 and up to 1"),
            ("/train \(Demo.blob) separator=;", "separator is one of: comma, semicolon, tab, bar, space"),
            ("/train \(Demo.blob) quote=no", "quote is one of: double, single"),
            ("/train \(Demo.blob) decimal=tab", "decimal is one of: point, comma"),
            ("/train \(Demo.blob) header=maybe", "header is yes or no"),
            (
                "/train \(Demo.blob) target=“Sale Price trees=9",
                "the quote at the beginning of “Sale Price trees=9 is not closed"
            ),
            ("/predict 7 'tis,3", "the quote at the beginning of 'tis,3 is not closed"),
            (
                "/train \(Demo.blob) target=Sale Price",
                "a name with spaces in quotes, like target=\"Sale Price\""
            ),
            ("/train \(Demo.blob) ignore=", "ignore is the names of columns"),
            ("/train \(Demo.blob) ignore=a,\"\"", "ignore is the names of columns"),
            ("/train \(Demo.blob) types=zip", "types is columns with number, text or date"),
            ("/train \(Demo.blob) types=zip:int", "but you sent \"zip:int\""),
            ("/train \(Demo.blob) types=zip:text,zip:date", "types is columns with"),
            ("/train \(Demo.blob) missing=,", "missing is words that stand for a missing value"),
            (
                "/train \(Demo.blob) thousands=dot",
                "thousands is one of: comma, point, blank, apostrophe, none"
            ),
            ("/train \(Demo.blob) thousands=comma decimal=comma", "thousands and decimal are both comma"),
            (
                "/train \(Demo.blob) holdout=last",
                "holdout is random, time, or group: and the name of a column"
            ),
            ("/train \(Demo.blob) holdout=group:", "but you sent \"group:\""),
            ("/train \(Demo.blob) holdout=\(Demo.blob)", "holdout is random, time, or group:"),
            ("/train \(Demo.blob) holdout=time folds=5", "folds mixes early and late rows"),
            ("/train \(Demo.blob) holdout=time test=0", "test=0 holds out no rows"),
            ("/train \(Demo.blob) sample_weight=", "sample_weight is the name of a column with weights"),
            ("/train \(Demo.blob) target=a ignore=b,a", "\"a\" is the target, so ignore cannot leave it out"),
            ("/train \(Demo.blob) folds=1", "folds is a whole number from 2 to 100"),
            ("/train \(Demo.blob) permute=0", "permute is a whole number from 1 to 100"),
            ("/train \(Demo.blob) trees=5 Trees=6", "trees is set twice; set it once"),
            (
                "/train \(Demo.blob) model=boost weights=balanced split=4",
                "model=boost does not use split, weights, but model=forest does; leave it out, or choose from: trees, depth, leaf, features, rate"
            ),
            ("/train \(Demo.blob) rate=0.1", "model=forest does not use rate, but model=boost does"),
            (
                "/train \(Demo.blob) trees=5 model=linear",
                "model=linear does not use trees, but model=forest does; leave it out, or choose from: l2"
            ),
            (
                "/train \(Demo.blob) engine=moon",
                "engine is one of: local, vm, enrolled, fluence, but you sent \"moon\""
            ),
            ("/status seven", "\"seven\" is not the number of a run"),
            ("/status 0", "\"0\" is not the number of a run"),
            ("/status 1 2", "it takes one argument, but you sent 2: \"1\", \"2\"; send one"),
            ("/cancel 1 two", "\"two\" is not the number of a run, such as 7, and not \"all\""),
            ("/retry all", "\"all\" is not the number of a run, such as 7, and not \"failed\""),
            ("/retry " + (1...101).map(String.init).joined(separator: " "), "it takes at most 100 at once"),
            ("/trian \(Demo.blob)", "there is no command /trian; did you mean /train?"),
            ("/train \(Demo.blob) trees", "\"trees\" needs a value: a whole number from 1 to 10000"),
            (
                "/train \(Demo.blob.dropLast())",
                "it has 42 characters, and an ID has 43, so a part is missing"
            ),
            (
                "/verify \(Demo.blob)A",
                "it has 44 characters, and an ID has 43, so some are too many"
            ),
            ("/verify \(Demo.blob.dropLast())9", "no ID ends with \"9\"; copy the ID again"),
            ("/train 0x\(String(repeating: "a1", count: 32))", "but one of a Sui object"),
            ("/register", "a name is missing"),
            ("/register a/b", "but you sent \"a/b\""),
            ("/invite", "a role is missing, one of: viewer, operator, admin"),
            ("/invite king", "the argument is one of: viewer, operator, admin, but you sent \"king\""),
        ]
    )
    func refusal(_ text: String, _ part: String) throws {
        let error = #expect(throws: UsageError.self) { try Self.parser.read(text) }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }

    @Test(
        "the example of a refusal is the person's own command with the fault mended",
        arguments: [
            ("/train \(Demo.blob) depht=3", "/train \(Demo.blob) depth=8"),
            ("/train #12 test=2", "/train 12 test=0.2"),
            ("/train 12 folds", "/train 12 folds=5"),
            ("/train abc hours=0", "/train \(Demo.blob) trees=200"),
        ]
    )
    func example(_ text: String, _ example: String) {
        let error = #expect(throws: UsageError.self) { try Self.parser.read(text) }
        #expect((error?.example ?? error?.word?.example) == example)
    }

    @Test("every command's example is a command that the parser reads", arguments: CommandWord.allCases)
    func ownExample(_ word: CommandWord) throws {
        guard case .command(let command) = try Self.parser.read(word.example) else {
            Issue.record("not a command: \(word.example)")
            return
        }
        #expect(command.word == word)
    }

    @Test("/train sets the format of the table and the measurements")
    func settings() throws {
        let words =
            "target=a task=regression test=0 separator=tab quote=single decimal=comma header=no folds=5 permute=3"
        let reading = try Self.parser.read("/train \(Demo.blob) \(words)")
        guard case .command(.train(let request)) = reading else {
            Issue.record("\(reading) is not a training")
            return
        }
        #expect(request.parameters.task == .regression)
        #expect(
            request.parameters.description == "target=a task=regression trees=100 depth=5 seed=42 test=0.0 "
                + "separator=tab quote=single decimal=comma header=no folds=5 permute=3"
        )
    }

    @Test("settings as the bot shows them can be sent back, whatever the names are")
    func shownSettings() throws {
        var parameters = TrainParameters()
        parameters.target = "Sale Price"
        parameters.ignore = ["a, b", "\"q\"", "’s", "x=y", "\u{301}z"]
        parameters.types = ["Zip Code": .text, "a:b": .date, "\n": .number]
        parameters.missing = ["-999", "not known"]
        (parameters.thousands, parameters.separator) = (.point, .space)
        parameters.holdout = .group(column: "time: local")
        parameters.sampleWeight = "it's \"w\""
        #expect(parameters.outOfRange == [])
        let reading = try Self.parser.read("/train \(Demo.blob) \(parameters)")
        #expect(reading == Self.train { $0.parameters = parameters })
        #expect(try Wire.decode(TrainParameters.self, from: Wire.encode(parameters)) == parameters)
        parameters.ignore = []
        parameters.holdout = .group(column: "")
        #expect(parameters.outOfRange == ["ignore=", "holdout=group:\"\""])
    }

    @Test("a receipt without these settings can be read, and one with them repeats")
    func oldReceipts() throws {
        let old = #"{"trees":100,"depth":5,"seed":42,"test":0.2}"#
        #expect(try Wire.decode(TrainParameters.self, from: Array(old.utf8)) == TrainParameters())
        let new =
            #"{"trees":100,"depth":5,"seed":42,"test":0.2,"holdout":"group:Store ID","types":{"zip":"text"}}"#
        let parameters = try Wire.decode(TrainParameters.self, from: Array(new.utf8))
        #expect(parameters.holdout == .group(column: "Store ID"))
        #expect(parameters.types == ["zip": .text])
    }

    @Test("on the command line, a name needs no quotes, and may have them")
    func commandLine() throws {
        var parameters = TrainParameters()
        try TrainArgumentParser.apply(
            [
                "target=Sale Price", "ignore=Row ID, \"a, b\"", "types=Zip Code:text",
                "holdout=group:Store ID",
            ],
            to: &parameters
        )
        #expect(parameters.target == "Sale Price")
        #expect(parameters.ignore == ["Row ID", "a, b"])
        #expect(parameters.types == ["Zip Code": .text])
        #expect(parameters.holdout == .group(column: "Store ID"))
    }

    @Test("boosting has no limit of depth unless one is set")
    func boosting() throws {
        var parameters = TrainParameters()
        try TrainArgumentParser.apply(["model=boost", "rate=0.05", "leaves=63", "stop=10"], to: &parameters)
        #expect(parameters.depth == nil)
        #expect((parameters.rate, parameters.leaves, parameters.stop) == (0.05, 63, 10))
        try TrainArgumentParser.apply(["depth=4", "model=boost"], to: &parameters)
        #expect(parameters.depth == 4)
    }

    @Test(
        "any setting is allowed with a training command, and only those of the format for a table to predict"
    )
    func others() throws {
        var parameters = TrainParameters()
        try TrainArgumentParser.apply(["command=mine", "rate=0.5", "split=3"], to: &parameters)
        #expect((parameters.rate, parameters.split) == (0.5, 3))
        let dialect = try TrainArgumentParser.dialect(["header=no", "decimal=comma"])
        #expect((dialect.header, dialect.decimal, dialect.separator) == (false, .comma, nil))
        #expect(throws: ArgumentError.self) { try TrainArgumentParser.dialect(["trees=5"]) }
    }

    @Test("the example of every command can be parsed", arguments: CommandWord.allCases)
    func examples(_ word: CommandWord) throws {
        guard case .command(let command) = try Self.parser.read(word.example) else {
            Issue.record("\(word.example) is not a command")
            return
        }
        #expect(command.word == word)
    }

    @Test("the names and summaries fit Telegram's menu of commands", arguments: CommandWord.allCases)
    func menu(_ word: CommandWord) {
        #expect(word.rawValue.wholeMatch(of: /[a-z0-9_]{1,32}/) != nil)
        #expect((1...256).contains(word.summary.utf16.count))
    }
}

@Suite("Finding blob IDs in text")
struct BlobScannerTests {
    private static let other = BlobID(bytes: Array(1...32))

    @Test(
        "an ID is found in the texts that people paste",
        arguments: [
            Demo.blob, "<\(Demo.blob)>", "see \(Demo.blob).", "“\(Demo.blob)”", "id:\(Demo.blob)\n",
            "https://aggregator.walrus-testnet.walrus.space/v1/blobs/\(Demo.blob)?x=1",
            "https://walruscan.com/testnet/blob/\(Demo.blob)", #"{"blobId":"\#(Demo.blob)","size":3}"#,
        ]
    )
    func found(_ text: String) {
        #expect(BlobScanner.blobs(in: text) == [.iris])
    }

    @Test(
        "a text that only resembles an ID is ignored",
        arguments: [
            "", "hello", Demo.blob + "x", String(Demo.blob.dropLast()), "é" + Demo.blob.dropLast(),
            // 43 characters, but the last one sets bits that must be zero.
            String(Demo.blob.dropLast()) + "9",
        ]
    )
    func notFound(_ text: String) {
        #expect(BlobScanner.blobs(in: text) == [])
    }

    @Test("several IDs are found in order, each once")
    func several() {
        let ids = (0..<7).map { BlobID(bytes: Array(repeating: UInt8($0), count: 32)) }
        let text = (ids + ids).map(\.description).joined(separator: ", ")
        #expect(BlobScanner.blobs(in: text) == ids)
        #expect(BlobScanner.blobs(in: "\(Self.other) \(Demo.blob) \(Self.other)") == [Self.other, .iris])
    }

    @Test(
        "a word for many runs stands alone",
        arguments: ["/cancel all 4", "/retry 4 failed", "/cancel everybody now"]
    )
    func aloneWords(_ text: String) {
        let error = #expect(throws: UsageError.self) { try CommandParser().read(text) }
        #expect(error?.problem.contains("stands alone, but you sent") == true)
    }

    @Test(
        "an ID with an impossible last letter is called mistyped, whatever stands before that letter",
        arguments: ["A", "o", "_"]
    )
    func impossibleEnd(_ before: String) {
        let text = String(repeating: "k", count: 41) + before + "B"
        let error = #expect(throws: UsageError.self) { try CommandParser().read("/verify \(text)") }
        #expect(error?.problem.contains("no ID ends with \"B\"") == true)
    }

    @Test("the refusal of a command cannot turn its line round")
    func turnedRefusal() async throws {
        let chat = try ChatFixture()
        for text in ["/register \u{202E}gpj", "/\u{202E}sutats", "/train \u{2066}x"] {
            let answer = try await chat.send(text).first ?? "nothing"
            #expect(!answer.unicodeScalars.contains { [0x202E, 0x2066].contains($0.value) })
        }
        let hint = try await chat.send("/statu").first
        #expect(hint == "There is no command /statu; did you mean /status? /help all lists the commands.")
    }
}
