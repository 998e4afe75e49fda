import Foundation
import Subprocess
import SystemPackage
import Testing

@Suite("What the package stands on")
struct DependencyTests {
  @Test("has no NIO among its packages, not even at second hand")
  func packages() async throws {
    // The lock is `swift test`'s own; showing writes nothing.
    let shown = try await run(
      .name("swift"),
      arguments: ["package", "--ignore-lock", "show-dependencies", "--format", "flatlist"],
      workingDirectory: FilePath(Programs.checkout.path), output: .string(limit: 1 << 20), error: .discarded)
    #expect(shown.terminationStatus.isSuccess)
    let names = shown.standardOutput.split(separator: "\n")
    #expect(names.contains("grdb.swift"))
    #expect(names.filter { $0.contains("nio") } == [])
  }

  @Test("has no NIO among its imports", arguments: ["Sources", "Stages", "Checkpoints", "Tests"])
  func imports(folder: String) throws {
    let root = Programs.checkout.appendingPathComponent(folder).path
    let files = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".swift") }
    #expect(!files.isEmpty)
    let importing = try files.filter { file in
      let text = try String(contentsOfFile: root + "/" + file, encoding: .utf8)
      return text.split(separator: "\n").contains { line in
        let words = line.split(separator: " ")
        return words.contains("import") && words.last?.hasPrefix("NIO") == true
      }
    }
    #expect(importing == [])
  }
}
