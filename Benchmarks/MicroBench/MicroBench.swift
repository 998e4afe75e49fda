import CanonicalJSON
import Checkpoints
import Foundation

/// Times what every unit of every job goes through, piece by piece; and makes ledgers of many jobs to time others with.
///
///     micro-bench [--json] [NAME…]              all pieces, or those whose names begin so
///     micro-bench --make-jobs COUNT FOLDER      a new data folder whose ledger has so many jobs
@main
struct MicroBench {
  static func main() async throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == "--make-jobs", arguments.count == 3, let count = Int(arguments[1]) {
      try await ManyJobs(count: count, folder: arguments[2]).make()
      return
    }
    let printsJSON = arguments.first == "--json"
    if printsJSON { arguments.removeFirst() }
    let measures =
      try JSONMeasures.all() + KeyMeasures.all() + QueueMeasures.all() + LoopMeasures.all() + StageMeasures.all()
      + (try await LedgerMeasures.all())
    var told: [JSONValue] = []
    for measure in measures where arguments.isEmpty || arguments.contains(where: measure.name.hasPrefix) {
      let nanoseconds = try await measure.nanoseconds()
      if printsJSON { told.append(measure.json(nanoseconds)) } else { print(measure.line(nanoseconds)) }
    }
    if printsJSON { print(String(decoding: try JSONValue.array(told).canonicalBytes, as: UTF8.self)) }
  }
}
