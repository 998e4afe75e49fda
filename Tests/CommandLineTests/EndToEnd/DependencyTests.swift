import CanonicalJSON
import Foundation
import Testing

@Suite("What the package stands on")
struct DependencyTests {
  @Test("has no NIO among its resolved packages")
  func packages() throws {
    let file = try Data(contentsOf: Programs.checkout.appendingPathComponent("Package.resolved"))
    let resolved = try CanonicalDecoder().decode(JSONValue.self, from: Array(file))
    let names = (resolved.object?["pins"]?.array ?? []).compactMap { $0.object?["identity"]?.string }
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
