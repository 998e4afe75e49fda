import CanonicalJSON
import Checkpoints
import Engine
import StageKit

/// The options of a submission as a client writes them: `{"formats":["md"],"pages":"1-3","set":{"ocr.languages":["deu"]}}`.
package struct SubmissionWishes: Sendable, Hashable {
  package var formats: [String] = []
  package var pages: String?
  package var until: String?
  /// Stage options by name, as JSON values or as they are typed on the command line.
  package var settings: [String: JSONValue] = [:]
  package var priority = 0
  /// How many replaced versions of each checkpoint the job is to keep.
  package var keep: Int?

  package init() {}

  /// - Parameter others: what holds where the value says nothing.
  /// - Throws: `Problem` with `invalid_body` for what has another shape.
  package init(_ value: JSONValue, beside others: SubmissionWishes = SubmissionWishes()) throws(Problem) {
    self = others
    guard let members = value.object else { throw Self.wrong("The options must be an object.") }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      switch name {
      case "formats":
        guard let items = value.array else { throw Self.wrong("formats must be a list of names.") }
        formats = []
        for item in items {
          guard let text = item.string else { throw Self.wrong("formats must be a list of names.") }
          formats.append(text)
        }
      case "pages": pages = try Self.text(value, "pages")
      case "until": until = try Self.text(value, "until")
      case "set":
        guard let options = value.object else { throw Self.wrong("set must be an object.") }
        settings = options
      case "priority":
        guard let number = value.int else { throw Self.wrong("priority must be a whole number.") }
        priority = number
      case "keep": keep = try Self.keep(value)
      default:
        let known = ["formats", "pages", "until", "set", "priority", "keep"]
        let nearest = NearestName.of(name, in: known).map { "Did you mean \($0)?" }
        throw Problem(
          .invalidBody, "The options have no member \"\(name.prefix(80))\".",
          hint: nearest ?? "They have \(known.joined(separator: ", ")).")
      }
    }
  }

  /// Versions of each checkpoint that a job may be asked to keep.
  package static let versions = 0...1_000

  /// - Throws: `Problem` with `invalid_body`.
  static func keep(_ value: JSONValue) throws(Problem) -> Int {
    guard let count = value.int, versions.contains(count) else {
      throw wrong("keep must be a whole number from 0 to \(versions.upperBound).")
    }
    return count
  }

  /// Priorities: higher goes first.
  package static let priorities = JobSettings.priorities

  /// What they mean to the engine.
  ///
  /// - Throws: `Problem`, `StageFailure` with `unknown_format`, `unknown_stage`, `unknown_option`, `invalid_option`.
  package func settings(_ pipeline: Pipeline) throws -> JobSettings {
    guard Self.priorities.contains(priority) else {
      throw Problem(.invalidRequest, "The priority \(priority) is none.", hint: "Give one from -100 to 100.")
    }
    var selection: PageSelection?
    if let pages {
      guard let read = PageSelection(pages) else {
        throw Problem(.invalidRequest, "\"\(pages.prefix(80))\" is no list of pages.", hint: "Write it as 1-5,9 or 3-.")
      }
      selection = read
    }
    let formats = try formats.map { try ExportFormat.named($0) }
    return JobSettings(
      overrides: try settings.sorted { $0.key < $1.key }.map { try pipeline.override(named: $0.key, $0.value) },
      pages: selection, until: try until.map { try pipeline.stage(named: $0) },
      formats: formats.isEmpty ? [.markdown] : ExportFormat.allCases.filter(Set(formats).contains),
      priority: priority, keep: keep)
  }

  private static func text(_ value: JSONValue, _ name: String) throws(Problem) -> String {
    guard let text = value.string else { throw wrong("\(name) must be a text.") }
    return text
  }

  private static func wrong(_ detail: String) -> Problem { Problem(.invalidBody, detail) }
}

extension ExportFormat {
  /// A format by its name.
  ///
  /// - Throws: `StageFailure` with `unknown_format`.
  package static func named(_ name: String) throws(StageFailure) -> ExportFormat {
    if let format = ExportFormat(rawValue: name) { return format }
    let all = ExportFormat.allCases.map(\.rawValue)
    let nearest = NearestName.of(name, in: all).map { "Did you mean \($0)?" }
    throw StageFailure(
      .unknownFormat, "There is no format \"\(name.prefix(80))\".",
      hint: nearest ?? "The formats are \(all.joined(separator: ", ")).")
  }
}
