import CanonicalJSON
import Checkpoints
import Integrity
import StageKit

/// What `sheaf fsck` found, for people and for scripts.
enum FindingReport {
  /// The finding, whom it affects, and what becomes of it.
  static func lines(_ finding: IntegrityFinding, style: TerminalStyle) -> [String] {
    let mark =
      switch finding.grade {
      case .note: style.paint("-", .dim)
      case .repairable: style.warningMark
      case .healed: style.doneMark
      case .lost: style.failureMark
      }
    var lines = ["\(mark) \(finding.path): \(finding.message) \(style.paint("[\(finding.code.rawValue)]", .dim))"]
    if !finding.affected.isEmpty { lines.append("  affects \(affected(finding.affected))") }
    if let remedy = finding.remedy {
      let lead =
        switch finding.grade {
        case .note: ""
        case .repairable: "--repair would "
        case .healed: "healed: "
        case .lost: "lost: "
        }
      lines.append("  " + lead + remedy)
    }
    return lines.enumerated().map { $0.offset == 0 ? $0.element : TerminalText.plain($0.element) }
  }

  static func json(_ finding: IntegrityFinding) -> JSONValue {
    var members: [String: JSONValue] = [
      "type": "finding", "code": .string(finding.code.rawValue), "grade": .string(finding.grade.rawValue),
      "path": .string(finding.path), "message": .string(finding.message),
    ]
    if let remedy = finding.remedy { members["remedy"] = .string(remedy) }
    members["affected"] = .array(
      finding.affected.map { affected in
        var members: [String: JSONValue] = ["job": .string(affected.job.text)]
        if let unit = affected.unit { members.merge(unit.members) { $1 } }
        return .object(members)
      })
    return .object(members)
  }

  static func json(_ summary: IntegritySummary, _ outcome: CommandOutcome) -> JSONValue {
    [
      "type": "end", "exit": .integer(Int64(outcome.rawValue)), "files": .integer(Int64(summary.files)),
      "bytes": .integer(Int64(summary.bytes)), "notes": .integer(Int64(summary.notes)),
      "repairable": .integer(Int64(summary.repairable)), "healed": .integer(Int64(summary.healed)),
      "lost": .integer(Int64(summary.lost)), "resume": .array(jobs(summary).map { .string($0) }),
    ]
  }

  /// The last line, and what to do next.
  static func closing(_ summary: IntegritySummary, repeated: String) -> [String] {
    let read = "\(Measure.count(summary.files, "file")) read, \(Measure.bytes(summary.bytes))"
    let counts = [(summary.repairable, "to repair"), (summary.healed, "healed"), (summary.lost, "lost")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    var lines = ["\(read): \(counts.isEmpty ? "all is well" : counts.joined(separator: ", "))"]
    if summary.repairable > 0 { lines.append("Repair with: sheaf fsck --repair\(repeated)") }
    let jobs = jobs(summary)
    if !jobs.isEmpty {
      let named = jobs.prefix(mostNamed).joined(separator: " ")
      let rest = jobs.count > mostNamed ? " (and \(jobs.count - mostNamed) more)" : ""
      lines.append("Then go on with: sheaf resume \(named)\(repeated)\(rest)")
    }
    return lines
  }

  private static let mostNamed = 8  // jobs or units that fit on a line or two

  private static func jobs(_ summary: IntegritySummary) -> [String] { summary.jobsToResume.map(\.text).sorted() }

  /// `job 7k2m…: ocr/7, export/md; job …`.
  private static func affected(_ all: [IntegrityFinding.Affected]) -> String {
    let shown = all.prefix(mostNamed).map { one in one.unit.map { "\(one.job) \($0)" } ?? one.job.text }
    let rest = all.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
