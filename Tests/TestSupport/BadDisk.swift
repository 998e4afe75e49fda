import Foundation

/// Tests/BadDisk as a library that is loaded into a program: calls under one folder then fail, or wait.
package struct BadDisk: Sendable {
  private let library: String

  /// A C compiler to make it with.
  package static let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  package struct NotMade: Error {}

  /// - Parameter folder: where the library goes.
  package init(in folder: String) throws {
    guard let compiler = Self.compiler else { throw NotMade() }
    let source = URL(fileURLWithPath: #filePath).appendingPathComponent("../../BadDisk/baddisk.c").standardized
    library = folder + "/baddisk.so"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: compiler)
    process.arguments = ["-shared", "-fPIC", "-o", library, source.path, "-ldl"]
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw NotMade() }
  }

  /// - Parameters:
  ///   - drill: `CALL:COUNT:HOW`, as the source explains.
  ///   - gate: of a drill that holds calls, the file that does.
  package func environment(_ drill: String, under folder: String, gate: String? = nil) -> [String: String] {
    var environment = ["LD_PRELOAD": library, "BADDISK": drill, "BADDISK_FOLDER": folder]
    environment["BADDISK_GATE"] = gate
    return environment
  }
}
