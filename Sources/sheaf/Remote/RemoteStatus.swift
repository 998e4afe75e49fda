import CanonicalJSON
import StageKit

/// A job as a server tells it, for people.
struct RemoteStatus {
  private let job: JSONValue

  init(_ job: JSONValue) { self.job = job }

  var lines: [String] {
    let name = TerminalText.plain(job["name"]?.string ?? "")
    var lines = ["\(job["id"]?.string ?? "")  \(name)", state]
    let stages = job["stages"]?.array ?? []
    guard !stages.isEmpty else { return lines }
    var table = TextTable(["STAGE", "DONE", "OF", "REUSED", "MISSING"], rightAligned: [1, 2, 3, 4])
    for stage in stages {
      func number(_ name: String) -> String { stage[name]?.int.map { $0 == 0 ? "" : String($0) } ?? "" }
      table.add([
        stage["stage"]?.string ?? "", String(stage["done"]?.int ?? 0), String(stage["planned"]?.int ?? 0),
        number("reused"), number("missing"),
      ])
    }
    lines += [""] + table.lines
    return lines
  }

  private var state: String {
    var words = [(job["status"]?.string ?? "").split(separator: "_").joined(separator: " ")]
    if let position = job["queue_position"]?.int { words.append("\(position) before it") }
    if let rate = job["pages_per_minute"]?.double { words.append("\(Int(rate.rounded()))/min") }
    if let left = job["seconds_left"]?.double { words.append("\(Measure.duration(left)) left") }
    return words.joined(separator: ", ")
  }
}
