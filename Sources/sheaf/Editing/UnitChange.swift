import CanonicalJSON
import Checkpoints
import Engine
import HTTPServer
import Ledger
import Service
import StageKit

/// A change of what stands for a unit: made by this program, or by the server that has the data folder.
struct UnitChange: Sendable {
  enum Kind: Sendable {
    case edit(PinRequest)
    /// A replaced version, by its number.
    case restore(PinRequest, number: Int)
    case unpin
    case keepPin
  }

  let unit: FoundUnit
  let kind: Kind
  /// What people are told of it.
  let words: @Sendable (PinOutcome) -> String

  init(_ unit: FoundUnit, _ kind: Kind, words: @escaping @Sendable (PinOutcome) -> String) {
    self.unit = unit
    self.kind = kind
    self.words = words
  }

  /// Makes it, with the data folder locked.
  ///
  /// - Parameter holds: what depends on it is left for the next `resume`.
  func make(with engine: JobEngine, holds: Bool) async throws -> String {
    switch kind {
    case .edit(var request), .restore(var request, _):
      request.holds = holds
      return words(try await engine.pin(unit.job, request))
    case .unpin:
      try await engine.unpin(unit.job, unit.unit, holds: holds)
      return words(.unpinned)
    case .keepPin:
      _ = try await engine.keepPin(unit.job, unit.unit)
      return words(.unchanged)
    }
  }

  /// Has a server make it, and leave what depends on it alone.
  func make(over link: ServerLink) async throws -> String {
    let answer: JSONValue
    do {
      switch kind {
      case .edit(let request): answer = try await put(request, link)
      case .restore(let request, let number):
        var body: [String: JSONValue] = [
          "stage": .string(unit.unit.stage.rawValue), "number": .integer(Int64(number)), "why": .string(request.reason),
        ]
        if let page = unit.unit.page { body["page"] = .integer(Int64(page)) }
        let query = "hold=1&who=\(PercentText.encoded(request.author))"
        answer = try await link.ask(.post, "/api/v1/jobs/\(unit.job)/restore?\(query)", .object(body))
      case .unpin:
        answer = try await link.ask(.delete, path + "?hold=1")
        return words(.unpinned)
      case .keepPin:
        var body: [String: JSONValue] = ["stage": .string(unit.unit.stage.rawValue), "choice": "keep"]
        if let page = unit.unit.page { body["page"] = .integer(Int64(page)) }
        answer = try await link.ask(.post, "/api/v1/jobs/\(unit.job)/resolve?hold=1", .object(body))
      }
    } catch let refusal as ServerRefusal where !refusal.faults.isEmpty {
      throw PayloadFaults(unit.unit, refusal.faults)
    }
    switch answer["outcome"]?.string {
    case "pinned":
      guard let content = answer["content"]?.string.flatMap({ Digest($0) }) else { break }
      return words(.pinned(content))
    case "unpinned": return words(.unpinned)
    case "unchanged": return words(.unchanged)
    default: break
    }
    throw StageFailure(.inputOutput, "The server did not say what came of it.", hint: "sheaf history shows it.")
  }

  private func put(_ pin: PinRequest, _ link: ServerLink) async throws -> JSONValue {
    var target = path + "?hold=1&who=\(PercentText.encoded(pin.author))&why=\(PercentText.encoded(pin.reason))"
    target += "&cause=\(pin.cause.rawValue)"
    if let adopted = pin.adopted { target += "&adopted=\(PercentText.encoded(adopted.description))" }
    var request = ClientRequest(.put, target)
    request.headers["Content-Type"] = "application/json"
    request.headers["If-Match"] = pin.expected.map { "\"\($0.hex)\"" } ?? "*"
    if case .payload(let bytes, _) = pin.content { request.body = .bytes(bytes) }
    return try await link.json(of: request)
  }

  private var path: String {
    let place = unit.unit.page.map { "/\($0)" } ?? ""
    return "/api/v1/jobs/\(unit.job)/checkpoints/\(unit.unit.stage.rawValue)\(place)"
  }
}
