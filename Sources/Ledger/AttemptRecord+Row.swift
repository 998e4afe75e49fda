import GRDB
import StageKit

extension AttemptRecord {
  init(row: Row) throws {
    self.init(
      unit: try row.decode(atIndex: 0), attempt: try row.decode(atIndex: 1), key: try row.decode(atIndex: 2),
      fence: try row.decode(atIndex: 3), owner: try row.decode(atIndex: 4), started: try row.decode(atIndex: 5),
      finished: try row.decode(atIndex: 6),
      outcome: try row.decode(String?.self, atIndex: 7).map { name in
        try AttemptOutcome(
          name: name, failure: row.decode(JSONColumn<StageFailure>?.self, atIndex: 8)?.value,
          signal: row.decode(atIndex: 9))
      },
      use: AttemptUse(
        cpuSeconds: try row.decode(atIndex: 10), peakBytes: try row.decode(atIndex: 11),
        queueSeconds: try row.decode(atIndex: 12), spawnSeconds: try row.decode(atIndex: 13),
        workSeconds: try row.decode(atIndex: 14), storeSeconds: try row.decode(atIndex: 15)),
      worker: try row.decode(atIndex: 16))
  }
}

extension AttemptOutcome {
  fileprivate init(name: String, failure: StageFailure?, signal: Int?) throws {
    switch (name, failure, signal) {
    case ("succeeded", _, _): self = .succeeded
    case ("failed", let failure?, _): self = .failed(failure: failure)
    case ("timed_out", _, _): self = .timedOut
    case ("killed", _, let signal?): self = .killed(signal: signal)
    case ("interrupted", _, _): self = .interrupted
    case ("cancelled", _, _): self = .cancelled
    default: throw LedgerFailure.corrupt(message: "\"\(name)\" is no outcome of an attempt, or lacks its reason")
    }
  }

  var failure: StageFailure? {
    if case .failed(let failure) = self { failure } else { nil }
  }

  var signal: Int? {
    if case .killed(let signal) = self { signal } else { nil }
  }
}
