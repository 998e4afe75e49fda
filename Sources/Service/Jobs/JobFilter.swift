import Checkpoints
import HTTPServer
import Ledger
import StageKit

/// Which jobs a list is to tell.
struct JobFilter: Sendable {
  /// Nil for all.
  let states: Set<JobState>?
  private let text: String?
  private let type: String?

  /// - Throws: `Problem` with `invalid_parameter`.
  init(_ request: Request) throws(Problem) {
    text = request.query("text").flatMap { $0.isEmpty ? nil : $0.lowercased() }
    type = request.query("type").flatMap { $0.isEmpty ? nil : "." + $0.lowercased() }
    guard let names = request.query("status"), !names.isEmpty else {
      states = nil
      return
    }
    var states: Set<JobState> = []
    for name in names.split(separator: ",") {
      guard let state = JobState(rawValue: String(name)) else {
        throw Problem(
          .invalidParameter, "There is no status \"\(name.prefix(40))\".",
          hint: "They are \(JobState.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      states.insert(state)
    }
    self.states = states
  }

  func takes(_ job: JobRecord) -> Bool {
    if let states, !states.contains(job.manifest.state) { return false }
    guard text != nil || type != nil else { return true }
    let name = job.manifest.name.lowercased()
    if let text, !name.contains(text) { return false }
    if let type, !name.hasSuffix(type) { return false }
    return true
  }
}
