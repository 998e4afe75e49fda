import CanonicalJSON
import Foundation
import HTTPServer
import Testing

@testable import Service

@Suite("The interface's documentation", .timeLimit(.minutes(10)))
struct InterfaceDocumentTests {
  @Test("docs/http.md lists every error code with its status and title, and no other")
  func codes() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(contentsOf: root.appendingPathComponent("docs/http.md"), encoding: .utf8)
    let listed = page.split(separator: "\n").filter { $0.wholeMatch(of: /\| \d{3} \| `.*/) != nil }.map(String.init)
    let described = try await ServiceHarness().serve { client in
      // Of a path that has no such route.
      Self.rows(of: try await client.get("/openapi.json").json).union([Self.row(of: .methodNotAllowed)])
    }
    #expect(Set(listed).symmetricDifference(described) == [])
    #expect(listed.count == described.count)
  }

  @Test("every route tells what access control and the reading of its parameters may answer")
  func refusals() async throws {
    let description = try await ServiceHarness().serve { try await $0.get("/openapi.json").json }
    for (path, methods) in description["paths"]?.object ?? [:] {
      for (method, operation) in methods.object ?? [:] {
        func codes(_ status: String) -> String { operation["responses"]?[status]?["description"]?.string ?? "" }
        if operation["x-sheaf-role"] != nil {
          #expect(
            codes("401").contains("`unauthorized`") && codes("401").contains("`invalid_key`"), "\(method) \(path)")
          #expect(codes("403").contains("`forbidden`") && codes("403").contains("`origin_not_allowed`"), "\(path)")
          for code in ["rate_limited", "concurrency_limited", "too_many_attempts"] {
            #expect(codes("429").contains("`\(code)`"), "\(method) \(path)")
          }
        }
        let names = (operation["parameters"]?.array ?? []).compactMap { $0["name"]?.string }
        if !Set(names).isDisjoint(with: ["hold", "dry_run", "limit", "history"]) {
          #expect(codes("400").contains("`invalid_parameter`"), "\(method) \(path)")
        }
      }
    }
  }

  private static func row(of code: ProblemCode) -> String {
    "| \(code.status.rawValue) | `\(code)` | \(code.title) |"
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
