import Checkpoints

/// Where a list goes on: opaque to clients, checked here.
struct PageCursor: Sendable, Hashable {
  /// Seconds since 1970 of the last job told.
  let created: Double
  let job: JobID

  init(created: Double, job: JobID) {
    self.created = created
    self.job = job
  }

  /// - Throws: `Problem` with `invalid_parameter` for what this server did not write.
  init(_ text: String) throws(Problem) {
    let parts = text.split(separator: "-", maxSplits: 1)
    guard parts.count == 2, let bits = UInt64(parts[0], radix: 16), let job = JobID(String(parts[1])) else {
      throw Problem(.invalidParameter, "The cursor is none that this server gave.")
    }
    created = Double(bitPattern: bits)
    self.job = job
  }

  var text: String { String(created.bitPattern, radix: 16) + "-" + job.text }
}
