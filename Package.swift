// swift-tools-version: 6.2
import PackageDescription

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
/// Counting, for modules below the server: costs nothing where nobody set up a backend.
let coreMetrics: Target.Dependency = .product(name: "CoreMetrics", package: "swift-metrics")
let metrics: Target.Dependency = .product(name: "Metrics", package: "swift-metrics")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
/// The paths and descriptors that Subprocess takes.
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")

/// One row per stage: its folder under Stages/, its module, the native doors it opens, the products it uses.
/// The order is the order of the pipeline; CONTRIBUTING.md tells how a row comes to be.
let stages: [(folder: String, module: String, doors: [String], products: [Target.Dependency])] = [
  ("01-Ingest", "Ingest", ["Poppler", "Leptonica"], []),
  ("02-Render", "Render", ["Poppler", "Leptonica", "QPDF"], []),
  ("03-OCR", "OCR", ["Tesseract", "Leptonica"], []),
  ("04-Layout", "Layout", ["Leptonica"], []),
  ("05-Regions", "Regions", [], []),
  ("06-Tables", "Tables", ["Leptonica"], []),
  ("07-Figures", "Figures", ["Poppler", "Leptonica", "QPDF"], []),
  ("08-Assembly", "Assembly", [], []),
  ("09-ReadingOrder", "ReadingOrder", [], []),
  ("10-Sections", "Sections", [], []),
  ("11-Classification", "Classification", [], [yams]),
  ("12-Extraction", "Extraction", [], [yams]),
  ("13-Chunking", "Chunking", [], []),
  ("14-Enrichment", "Enrichment", [], []),
  ("15-Export", "Export", ["QPDF", "Leptonica"], []),
]

/// Shipped data that a stage embeds, so that nothing has to be found at run time.
let embedded: [String: [Resource]] = [
  "Classification": [.embedInCode("Rules")],
  "Extraction": [.embedInCode("Templates")],
]

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A release that is linked by the toolchain's own lld has its relocations packed and equal code once: a tenth less
/// memory in each process.
let programLinking: [LinkerSetting] = [
  .unsafeFlags(
    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--icf=safe"],
    .when(configuration: .release))
]

func module(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(name)", exclude: exclude, swiftSettings: settings)
}

func native(_ name: String, _ package: String, _ apt: String) -> Target {
  .systemLibrary(name: name, path: "Sources/\(name)", pkgConfig: package, providers: [.apt([apt])])
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["TestSupport"], path: "Tests/\(name)Tests",
    swiftSettings: settings)
}

let contract: [Target.Dependency] = ["DocumentModel", "CanonicalJSON", "StageKit", "Contracts"]

let stageTargets: [Target] = stages.map { stage in
  .target(
    name: stage.module, dependencies: contract + stage.doors.map { .init(stringLiteral: $0) } + stage.products,
    path: "Stages/\(stage.folder)/Sources", resources: embedded[stage.module], swiftSettings: settings)
}

let stageTests: [Target] = stages.map { stage in
  .testTarget(
    name: "\(stage.module)Tests",
    dependencies: contract + ["TestSupport", .init(stringLiteral: stage.module)]
      + stage.doors.map { .init(stringLiteral: $0) },
    path: "Tests/Stages/\(stage.folder)", swiftSettings: settings)
}

/// The parsers of what others wrote, under seeded mutations; for `script/fuzz --guided` the same with libFuzzer, which brings
/// `main`.
let fuzzed: Target = {
  let parsers: [Target.Dependency] = [
    "WorkerChannel", "Checkpoints", "StageKit", "CanonicalJSON", "HTTPServer", "Classification", yams,
  ]
  return Context.environment["SHEAF_TEST_FUZZER"] == nil
    ? .testTarget(
      name: "FuzzTests", dependencies: parsers + ["TestSupport"], path: "Tests/FuzzTests",
      exclude: ["FuzzerMain.swift"],
      swiftSettings: settings)
    : .executableTarget(
      name: "parser-fuzzer", dependencies: parsers, path: "Tests/FuzzTests", exclude: ["ParserFuzzTests.swift"],
      swiftSettings: settings)
}()

let package = Package(
  name: "sheaf",
  products: [
    .executable(name: "sheaf", targets: ["sheaf"]),
    .executable(name: "sheaf-worker", targets: ["sheaf-worker"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: ["YAML"]),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
  ],
  targets: [
    // Floor 0
    module("DocumentModel"),
    module("CanonicalJSON"),
    // Floor 1
    .target(name: "CLinux", path: "Sources/CLinux"),
    module("Threads", ["CLinux"]),
    module("StageKit", ["DocumentModel", "CanonicalJSON", crypto]),
    module("WorkerChannel", ["CLinux", "Threads", "CanonicalJSON"]),
    .target(name: "CLedgerFile", path: "Sources/CLedgerFile", linkerSettings: [.linkedLibrary("sqlite3")]),
    native("CZstd", "libzstd", "libzstd-dev"),
    // Floor 2
    .target(
      name: "Checkpoints",
      dependencies: ["DocumentModel", "CanonicalJSON", "StageKit", "CLinux", "CZstd", crypto, coreMetrics],
      path: "Checkpoints",
      exclude: ["schema"], sources: ["Sources"], swiftSettings: settings),
    .target(
      name: "Contracts", dependencies: ["DocumentModel", "CanonicalJSON", "StageKit"], path: "Stages",
      exclude: stages.flatMap { ["\($0.folder)/README.md", "\($0.folder)/Sources"] },
      sources: stages.map { "\($0.folder)/Contract" }, swiftSettings: settings),
    native("CGLib", "glib-2.0", "libglib2.0-dev"),
    module("PDFPassword", ["CGLib"]),
    // Floor 3
    native("CPoppler", "poppler-glib", "libpoppler-glib-dev"),
    native("CTesseract", "tesseract", "libtesseract-dev"),
    native("CLeptonica", "lept", "libleptonica-dev"),
    .target(name: "CJPEG", path: "Sources/CJPEG", linkerSettings: [.linkedLibrary("jpeg")]),
    native("CQPDF", "libqpdf", "libqpdf-dev"),
    .target(name: "CQPDFReader", path: "Sources/CQPDFReader", linkerSettings: [.linkedLibrary("qpdf")]),
    native("CArchive", "libarchive", "libarchive-dev"),
    module("Poppler", ["CPoppler", "PDFPassword", "DocumentModel"]),
    module("Tesseract", ["CTesseract", "Leptonica", "DocumentModel"]),
    module("Leptonica", ["CLeptonica", "CJPEG", "DocumentModel"]),
    module("QPDF", ["CQPDF", "CQPDFReader", "PDFPassword"]),
    module("Archive", ["CArchive"]),
    module("Sandbox", ["CLinux", "StageKit"]),
    native("CCurl", "libcurl", "libcurl4-openssl-dev"),
    module("Curl", ["CCurl"]),
    module("Ledger", ["StageKit", "Threads", "CanonicalJSON", "Checkpoints", "CLedgerFile", grdb, coreMetrics]),
    .target(name: "CEventLoop", path: "Sources/CEventLoop"),
    module("EventLoop", ["CEventLoop", "Threads"], exclude: ["README.md"]),
  ]
    // Floor 4
    + stageTargets
    + [
      module(
        "WorkerRuntime",
        ["DocumentModel", "CanonicalJSON", "StageKit", "Checkpoints", "WorkerChannel", "Sandbox", "CLinux"]),
      module("Integrity", ["StageKit", "CanonicalJSON", "Checkpoints", "Ledger"]),
      module(
        "Engine",
        [
          "StageKit", "CanonicalJSON", "Checkpoints", "WorkerChannel", "Threads", "Ledger", logging, crypto,
          coreMetrics, deque,
        ]),
      module("ModelEndpoint", ["StageKit", "CanonicalJSON", "Curl", "EventLoop"]),
      native("CZlib", "zlib", "zlib1g-dev"),
      module("HTTPServer", ["EventLoop", "CZlib"], exclude: ["README.md"]),
      .executableTarget(
        name: "echo-server", dependencies: ["HTTPServer", "EventLoop"], path: "Benchmarks/EchoServer",
        swiftSettings: settings),
      .executableTarget(
        name: "load-generator", dependencies: ["EventLoop"], path: "Benchmarks/LoadGenerator", swiftSettings: settings),
      .executableTarget(
        name: "micro-bench",
        dependencies: contract + ["Engine", "Ledger", "Checkpoints", "EventLoop", "Layout", "Tables", "TestSupport"],
        path: "Benchmarks/MicroBench", swiftSettings: settings),
      // Floor 5
      module("Inspection", contract + ["Checkpoints", "Ledger"]),
      module(
        "Service",
        [
          "Engine", "Ledger", "Checkpoints", "StageKit", "CanonicalJSON", "DocumentModel", "EventLoop", "HTTPServer",
          "Inspection", "Contracts", "WorkerChannel", "Threads", "Curl", "ModelEndpoint", logging, metrics, coreMetrics,
          lifecycle,
          unixSignals,
          configuration, crypto, yams, system, grdb, sqlite,
        ], exclude: ["README.md"]),
      // Floor 6
      .executableTarget(
        name: "sheaf",
        dependencies: [
          "Service", "Inspection", "Integrity", "Engine", "Ledger", "Checkpoints", "StageKit", "CanonicalJSON",
          "DocumentModel", "HTTPServer", "EventLoop", "ModelEndpoint", logging, arguments,
        ],
        path: "Sources/sheaf", swiftSettings: settings, linkerSettings: programLinking),
      .executableTarget(
        name: "sheaf-worker",
        dependencies: [
          "DocumentModel", "StageKit", "CanonicalJSON", "Checkpoints", "WorkerChannel", "Contracts", "WorkerRuntime",
          "Archive", "Leptonica",
        ] + stages.map { .init(stringLiteral: $0.module) },
        path: "Sources/sheaf-worker", swiftSettings: settings, linkerSettings: programLinking),
      // Tests
      .target(
        name: "TestSupport", dependencies: contract + ["Checkpoints", "EventLoop", "HTTPServer", subprocess],
        path: "Tests/TestSupport",
        swiftSettings: settings),
      tests("DocumentModel", ["DocumentModel", "CanonicalJSON"]),
      tests("CanonicalJSON", ["CanonicalJSON"]),
      tests("StageKit", ["StageKit", "CanonicalJSON", "DocumentModel"]),
      tests("Contracts", contract),
      tests("Threads", ["Threads"]),
      tests("WorkerChannel", ["WorkerChannel", "CLinux", "CanonicalJSON"]),
      tests("Checkpoints", ["Checkpoints", "StageKit", "CanonicalJSON"]),
      tests("Native", ["Poppler", "Tesseract", "Leptonica", "QPDF", "PDFPassword", "Archive", "DocumentModel"]),
      tests("Ledger", ["Ledger", "StageKit", "Checkpoints", grdb]),
      tests("EventLoop", ["EventLoop"]),
      tests(
        "ModelEndpoint", ["ModelEndpoint", "StageKit", "CanonicalJSON", "Curl", "EventLoop", "HTTPServer"]),
      tests("HTTPServer", ["HTTPServer", "EventLoop", "echo-server"]),
      // A worker whose stages do what a test document tells them: crash, hang, flood, eat memory.
      .target(name: "Escapes", path: "Tests/Escapes"),
      .executableTarget(
        name: "fault-worker", dependencies: ["StageKit", "CanonicalJSON", "WorkerChannel", "WorkerRuntime", "Escapes"],
        path: "Tests/Faults",
        swiftSettings: settings),
      tests(
        "Engine",
        [
          "Engine", "Ledger", "Checkpoints", "StageKit", "WorkerChannel", "CanonicalJSON", logging, "fault-worker",
          "Escapes",
        ]),
      tests("Inspection", contract + ["Inspection", "Checkpoints", "Ledger"]),
      tests(
        "Integrity",
        ["Integrity", "Engine", "Ledger", "Checkpoints", "StageKit", "CanonicalJSON", logging, "fault-worker"]),
      tests(
        "Service",
        [
          "Service", "Engine", "Ledger", "Checkpoints", "StageKit", "CanonicalJSON", "EventLoop", "HTTPServer",
          "Contracts", "Curl", "DocumentModel", "Inspection", coreMetrics, logging, subprocess, grdb, "fault-worker",
          "sheaf", "sheaf-worker",
        ]),
      tests(
        "CommandLine",
        [
          "Inspection", "Contracts", "DocumentModel",
          "StageKit", "CanonicalJSON", "Checkpoints", "Ledger", "Engine", "Archive", "CArchive", "QPDF", "HTTPServer",
          "EventLoop",
          "sheaf",
          "sheaf-worker",
          logging, subprocess, system,
        ]),
    ]
    + stageTests + [fuzzed],
  swiftLanguageModes: [.v6]
)
