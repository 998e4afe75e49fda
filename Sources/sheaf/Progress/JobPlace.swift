import CanonicalJSON
import Checkpoints
import StageKit

/// Where a job is, for advice that works there: not every command speaks to a server that is elsewhere.
enum JobPlace: Sendable, Hashable {
  /// A data folder, with what to add to commands so that they mean the same one.
  case folder(repeated: String)
  /// A server's address as typed, and whether this command had a key for it.
  case server(url: String, hasKey: Bool)

  func follow(_ job: JobID) -> String { "sheaf status \(job) --follow\(repeated)" }

  /// Everything that is known of a job.
  func details(_ job: JobID) -> String {
    switch self {
    case .folder: "sheaf status \(job)\(repeated)"
    // What is missing, page by page, a server tells as JSON.
    case .server: "sheaf status \(job) --json\(repeated)"
    }
  }

  /// How to go on with a job.
  func resume(_ job: JobID, needsPassword: Bool) -> String {
    switch self {
    case .folder: "go on with: sheaf resume \(job)\(needsPassword ? " --password-file FILE" : "")\(repeated)"
    case .server(let url, _) where needsPassword:
      "write {\"password\":\"…\"} to FILE and go on with: \(curl("-d @FILE")) \(Self.address(url, job, "resume"))"
    case .server(let url, _): "go on with: \(curl("-d {}")) \(Self.address(url, job, "resume"))"
    }
  }

  /// What to do about a pin that is out of date.
  func resolve(_ unit: UnitID, of job: JobID) -> String {
    switch self {
    case .folder: return "See both with: sheaf resolve \(job) \(PinListing.words(unit))\(repeated)"
    case .server(let url, _):
      let body = JSONValue.object(unit.members.merging(["choice": "keep"]) { $1 })
      let command =
        "\(curl("-d '\(JSONLine.text(body).filter { !$0.isNewline })'")) \(Self.address(url, job, "resolve"))"
      return "Keep the edit with: \(command) (take_new takes what the stage makes, merge puts both together)"
    }
  }

  private var repeated: String {
    switch self {
    case .folder(let repeated): repeated
    case .server(let url, _): " --server \(url)"
    }
  }

  private func curl(_ body: String) -> String {
    let key =
      if case .server(_, hasKey: true) = self { " -H \"Authorization: Bearer $\(ServerLink.keyVariable)\"" } else { "" }
    return "curl\(key) -H 'Content-Type: application/json' \(body)"
  }

  private static func address(_ url: String, _ job: JobID, _ action: String) -> String {
    "'\(url.hasSuffix("/") ? String(url.dropLast()) : url)/api/v1/jobs/\(job)/\(action)'"
  }
}
