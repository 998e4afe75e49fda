import CanonicalJSON
import Foundation
import Testing

@testable import Service

@Suite("The interface's documentation", .timeLimit(.minutes(5)))
struct InterfaceDocumentTests {
  @Test("docs/http.md lists every error code with its status and title, and no other")
  func codes() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/http.md"), encoding: .utf8)
    let listed = page.split(separator: "\n").filter { $0.wholeMatch(of: /\| \d{3} \| `.*/) != nil }.map(String.init)
    let described = try await ServiceHarness().serve { client in
      Self.rows(of: try await client.get("/openapi.json").json)
    }
    #expect(Set(listed).symmetricDifference(described) == [])
    #expect(listed.count == described.count)
  }

  /// A row of the table for each code that the description of any route names.
  private static func rows(of description: JSONValue) -> Set<String> {
    var rows: Set<String> = []
    for (_, path) in description["paths"]?.object ?? [:] {
      for (_, operation) in path.object ?? [:] {
        for (status, answer) in operation["responses"]?.object ?? [:] {
          for code in (answer["description"]?.string ?? "").matches(of: /`([a-z_]+)`: ([^`]+?)\.(?= `|$)/) {
            rows.insert("| \(status) | `\(code.1)` | \(code.2) |")
          }
        }
      }
    }
    return rows
  }
}
