import CanonicalJSON
import Subprocess

/// How a program ended, and what it said.
struct ProgramEnd {
  let status: TerminationStatus
  let output: String
  let errors: String
  /// Programs of its session that outlived it by more than a moment; they were ended.
  let survivors: [String]

  var exit: Int32? { if case .exited(let code) = status { code } else { nil } }
  var signal: Int32? { if case .signaled(let number) = status { number } else { nil } }

  /// The objects of a `--json` output.
  func lines() throws -> [[String: JSONValue]] {
    try output.split(separator: "\n").map { line in
      try CanonicalDecoder().decode(JSONValue.self, from: Array(line.utf8)).object ?? [:]
    }
  }
}
