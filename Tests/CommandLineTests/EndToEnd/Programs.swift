import Foundation

/// Where the programs and documents are that the tests use.
enum Programs {
  /// Beside the test program, where the build put them.
  static let folder: URL = {
    // A test program always has a path.
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: own).deletingLastPathComponent()
  }()
  static let sheaf = folder.appendingPathComponent("sheaf").path
  static let worker = folder.appendingPathComponent("sheaf-worker").path

  static let checkout = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardized

  /// A Python with jsonschema and what makes fixtures: `$SHEAF_TEST_PYTHON`, or the checkout's `.venv`.
  static let python: String? = {
    let named = ProcessInfo.processInfo.environment["SHEAF_TEST_PYTHON"]
    let path = named ?? checkout.appendingPathComponent(".venv/bin/python").path
    return FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }()

  /// Whether tests that take minutes are wanted: `script/test --long`.
  static let isLong = ProcessInfo.processInfo.environment["SHEAF_LONG"] == "1"

  /// The source of a case below Tests/Fixtures.
  static func fixture(_ name: String) -> String {
    let folder = checkout.appendingPathComponent("Tests/Fixtures/\(name)").path
    // A case without a source shows as a document that cannot be opened.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return folder + "/" + (names.first { $0.hasPrefix("source.") } ?? "source")
  }
}
