// swift-tools-version: 6.2
import PackageDescription

/// The settings of every target: upcoming features of Swift, and warnings as errors.
let rules: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// The settings of targets that use pointers: every unsafe expression must be marked `unsafe`.
let strict: [SwiftSetting] = rules + [.strictMemorySafety()]

/// The settings of targets with numeric loops: they are optimised in debug builds too, as a whole module.
///
/// The tests need that: one blob ID takes three million hash compressions.
let kernel: [SwiftSetting] =
    strict + [
        .unsafeFlags(
            ["-O", "-disable-batch-mode", "-wmo", "-num-threads", "2"],
            .when(configuration: .debug)
        )
    ]

/// The variants of `WalrusKernels` for newer processors: the suffix of the target, and the value of `-march`.
///
/// The program chooses a variant when it starts. The folders of the variants are symbolic links to one source, which has
/// loops over plain memory only. The linker merges functions that several modules emit, such as generic functions of the
/// standard library: one that was compiled for a newer processor would then run on every processor.
#if arch(x86_64)
let variants = ["AVX2": "x86-64-v3", "AVX512": "x86-64-v4"]
#else
let variants: [String: String] = [:]
#endif

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

/// A test target, which may use everything in `Support`.
///
/// `data` has folders beside the sources whose files the suites read by their path.
func suite(_ name: String, of dependencies: [Target.Dependency], data: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["Support"], exclude: data, swiftSettings: rules)
}

let package = Package(
    name: "okai-bot",
    products: [
        .executable(name: "okaibot", targets: ["OKAIBot"]),
        .executable(name: "okai-worker", targets: ["OKAIWorker"]),
        .executable(name: "okai-picture", targets: ["OKAIPicture"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibcurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),

        // Shared by bot and worker.
        .target(name: "Contract", swiftSettings: rules),
        .target(name: "HTTP", dependencies: ["CLibcurl", httpTypes], swiftSettings: strict),

        // The worker.
        .target(name: "Threads", swiftSettings: kernel),
        .target(name: "Tables", dependencies: ["Threads"], swiftSettings: kernel),
        .systemLibrary(name: "CIntrinsics"),
        .target(name: "Trainer", dependencies: ["CIntrinsics", "Tables", "Threads"], swiftSettings: kernel),
        .target(name: "WalrusKernels", dependencies: ["CIntrinsics"], swiftSettings: kernel),
        .target(
            name: "Walrus",
            dependencies: ["CIntrinsics", "Contract", "HTTP", "WalrusKernels", crypto, httpTypes]
                + variants.keys.sorted().map { .init(stringLiteral: "WalrusKernels\($0)") },
            swiftSettings: kernel
        ),
        .target(name: "Meters", dependencies: ["Contract", "Walrus"], swiftSettings: rules),
        .target(
            name: "Worker",
            dependencies: ["Contract", "HTTP", "Meters", "Tables", "Trainer", "Walrus", crypto, httpTypes],
            swiftSettings: rules
        ),
        .executableTarget(
            name: "OKAIWorker",
            dependencies: ["Contract", "Walrus", "Worker"],
            swiftSettings: rules
        ),

        // Pictures of results, drawn by a program of their own.
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
        .target(name: "Pictures", dependencies: ["CCairo", "Contract"], swiftSettings: strict),
        .executableTarget(name: "OKAIPicture", dependencies: ["Contract", "Pictures"], swiftSettings: rules),

        // An aggregator and publisher, embedded in the bot or run by `okaibot walrus serve`.
        .target(
            name: "WalrusServer",
            dependencies: ["Contract", "Walrus", hummingbird, httpTypes, logging],
            swiftSettings: rules
        ),

        // The line that a person edits in a terminal.
        .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .target(name: "LineEditor", dependencies: ["CEdit"], swiftSettings: strict),

        // The bot.
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "Unpacking", dependencies: ["CZlib"], swiftSettings: strict),
        .target(name: "Store", dependencies: ["CMalloc", "Contract", grdb], swiftSettings: rules),
        .target(
            name: "Jobs",
            dependencies: ["Contract", "Store", crypto, logging, serviceLifecycle],
            swiftSettings: rules
        ),
        .target(
            name: "Engines",
            dependencies: ["Contract", "HTTP", "Jobs", crypto, httpTypes, subprocess, system],
            swiftSettings: rules
        ),
        .target(
            name: "Telegram",
            dependencies: ["Contract", "HTTP", httpTypes, logging],
            swiftSettings: rules
        ),
        .target(
            name: "Commands",
            dependencies: ["Contract", "Jobs", "Store", "Telegram", logging, serviceLifecycle],
            swiftSettings: rules
        ),
        .target(
            name: "Webhook",
            dependencies: [
                "Contract", "Jobs", "Store", "Unpacking", crypto, hummingbird, httpTypes, logging,
                serviceLifecycle,
            ],
            resources: [.embedInCode("openapi.json")],
            swiftSettings: rules
        ),
        .executableTarget(
            name: "OKAIBot",
            dependencies: [
                "Commands", "Contract", "Engines", "HTTP", "Jobs", "LineEditor", "Meters", "Store",
                "Telegram",
                "Walrus", "WalrusServer", "Webhook",
                argumentParser, configuration, crypto, hummingbird, httpTypes, logging, serviceLifecycle,
                subprocess,
                system, unixSignals,
            ],
            swiftSettings: rules
        ),

        // The program of `scripts/bench jobs`.
        .executableTarget(
            name: "JobsBench",
            dependencies: ["Contract", "Jobs", "Store"],
            path: "scripts/benchmarks/JobsBench",
            swiftSettings: rules
        ),

        // The program of `scripts/tables`.
        .executableTarget(
            name: "TablesDump",
            dependencies: ["Tables", "Trainer"],
            path: "scripts/tabling/TablesDump",
            swiftSettings: rules
        ),

        // The tests. `Support` has the fakes and fixtures that suites share.
        .target(
            name: "Support",
            dependencies: [
                "Contract", "HTTP", "Store", "Telegram", "Walrus", "WalrusServer", grdb, hummingbird,
                httpTypes,
                logging, serviceLifecycle,
            ],
            path: "Tests/Support",
            exclude: ["Data"],
            swiftSettings: rules
        ),
        suite("HTTPTests", of: ["HTTP", httpTypes, hummingbird]),
        suite("TablesTests", of: ["Tables"]),
        suite("TrainerTests", of: ["Tables", "Trainer"], data: ["Data"]),
        suite(
            "WalrusTests",
            of: ["Contract", "HTTP", "Walrus", "WalrusServer", crypto, httpTypes, hummingbird, logging],
            data: ["Data"]
        ),
        suite("MetersTests", of: ["Contract", "Meters"]),
        suite(
            "WorkerTests",
            of: [
                "Contract", "HTTP", "Tables", "Trainer", "Walrus", "Worker", crypto, httpTypes, hummingbird,
            ],
            data: ["Data"]
        ),
        suite("PicturesTests", of: ["CCairo", "Contract", "Pictures"], data: ["Data"]),
        suite("TelegramTests", of: ["Contract", "HTTP", "Telegram", httpTypes, logging]),
        suite("StoreTests", of: ["Contract", "Store"], data: ["Data"]),
        suite("JobsTests", of: ["Contract", "Jobs", "Store", logging]),
        suite(
            "EnginesTests",
            of: ["Contract", "Engines", "HTTP", "Jobs", "OKAIWorker", crypto, httpTypes, hummingbird]
        ),
        suite(
            "CommandsTests",
            of: ["Commands", "Contract", "HTTP", "Jobs", "Store", "Telegram", logging],
            data: ["Transcripts"]
        ),
        suite(
            "WebhookTests",
            of: [
                "Contract", "HTTP", "Jobs", "Store", "Unpacking", "Webhook", httpTypes, hummingbird, logging,
            ]
        ),
        suite(
            "OKAIBotTests",
            of: [
                "Contract", "Engines", "HTTP", "Jobs", "LineEditor", "OKAIBot", "OKAIWorker", "Store",
                "Walrus",
                "WalrusServer",
                argumentParser, httpTypes, hummingbird, logging,
            ],
            data: ["Data"]
        ),
    ]
        + variants.map { name, processor in
            .target(
                name: "WalrusKernels\(name)",
                dependencies: ["CIntrinsics"],
                swiftSettings: kernel + [.unsafeFlags(["-Xcc", "-march=\(processor)"])]
            )
        },
    swiftLanguageModes: [.v6]
)

// The library that `scripts/fuzz` builds and feeds with inputs.
if Context.environment["OKAI_FUZZING"] != nil {
    package.products.append(.library(name: "Fuzzing", type: .dynamic, targets: ["Fuzzing"]))
    package.targets.append(
        .target(
            name: "Fuzzing",
            dependencies: [
                "Commands", "Contract", "Store", "Tables", "Telegram", "Trainer", "Unpacking", "Webhook",
                httpTypes,
            ],
            path: "scripts/fuzzing",
            exclude: ["seeds"],
            swiftSettings: rules
        )
    )
}

// The plugin that builds the DocC catalogues (see CONTRIBUTING.md). Builds without OKAI_DOCS do not resolve it.
if Context.environment["OKAI_DOCS"] != nil {
    package.dependencies.append(
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0")
    )
}
