import Engine
import HTTPServer
import StageKit
import Synchronization

/// Decides before a body is read whether there is room for another document: in the queue, among the uploads, on the
/// disk. Asks nothing that waits.
package final class AdmissionGate: Sendable {
  private struct State {
    var uploads = 0
    /// Those of them that become jobs.
    var jobs = 0
    var pages = 0
    var bytes = 0
  }

  private let configuration: LiveConfiguration
  private let disk: DiskGauge
  private let state = Mutex(State())

  init(_ configuration: LiveConfiguration, _ disk: DiskGauge) {
    self.configuration = configuration
    self.disk = disk
  }

  /// How full everything is.
  package struct Reading: Sendable, Hashable {
    package let jobs: Int
    package let jobLimit: Int
    package let pages: Int
    package let pageLimit: Int
    package let uploads: Int
    package let uploadLimit: Int
    /// Bytes; nil before it was first measured.
    package let freeDisk: Int?

    package var isFull: Bool { jobs >= jobLimit || pages >= pageLimit || uploads >= uploadLimit }
  }

  package func reading(_ census: WorkCensus) -> Reading { state.withLock { reading(census, $0) } }

  private func reading(_ census: WorkCensus, _ state: State) -> Reading {
    let totals = census.totals
    let settings = configuration.current
    return Reading(
      jobs: totals.jobs + state.jobs, jobLimit: settings[Settings.queueJobs], pages: totals.pages + state.pages,
      pageLimit: settings[Settings.queuePages], uploads: state.uploads, uploadLimit: settings[Settings.uploads],
      freeDisk: disk.freeBytes.map { $0 - state.bytes })
  }

  /// Takes a place for a document, given back when the pass goes.
  ///
  /// - Parameters:
  ///   - length: bytes of the request's body; nil where the client does not tell.
  ///   - isQueued: whether a job comes of it. One that is there already takes no room in the queue, but its document
  ///     comes in all the same.
  /// - Throws: `Problem` with `queue_full`, `overloaded`, `insufficient_storage`, `file_too_large`.
  package func admit(
    length: Int64?, _ census: WorkCensus, secondsPerJob: Double, isQueued: Bool = true
  ) throws(Problem) -> AdmissionPass {
    let most = configuration.current[Settings.documentSize] << 20
    // A form around a document is small.
    if let length, length > Int64(most) + RouteTable.smallBody {
      throw Problem(
        ProblemCode(.fileTooLarge), "The document is larger than \(most >> 20) MiB, the most that is taken.")
    }
    let expected = Int(clamping: length ?? 0)
    let (jobs, pages) = isQueued ? (1, WorkCensus.expectedPages(bytes: expected)) : (0, 0)
    // Looked at and taken in one go: of many that come at once, no more get in than there is room for.
    try state.withLock { state throws(Problem) in
      let room = reading(census, state)
      try checkDisk(room, for: expected)
      if isQueued { try Self.checkQueue(room, pages: pages, secondsPerJob: secondsPerJob) }
      guard room.uploads < room.uploadLimit else {
        throw .later(.overloaded, "Too many documents are being uploaded.", seconds: 2)
      }
      state.uploads += 1
      state.jobs += jobs
      state.pages += pages
      state.bytes += expected
    }
    return AdmissionPass { [weak self] in
      self?.state.withLock { state in
        state.uploads -= 1
        state.jobs -= jobs
        state.pages -= pages
        state.bytes -= expected
      }
    }
  }

  /// Refuses what needs room on a disk that has none to spare.
  ///
  /// - Parameter bytes: how much it is going to take.
  /// - Throws: `Problem` with `insufficient_storage`.
  package func checkDisk(_ census: WorkCensus, for bytes: Int) throws(Problem) {
    try checkDisk(reading(census), for: bytes)
  }

  private func checkDisk(_ room: Reading, for bytes: Int) throws(Problem) {
    guard let free = room.freeDisk, free - bytes < configuration.current[Settings.freeDisk] << 20 else { return }
    throw Problem(
      .insufficientStorage, "The disk has no room for that.", retryable: true, headers: ["Retry-After": "60"])
  }

  private static func checkQueue(_ room: Reading, pages: Int, secondsPerJob: Double) throws(Problem) {
    guard room.jobs < room.jobLimit, room.pages + pages <= room.pageLimit || room.jobs == 0 else {
      // Room for one comes when one job is through; a hundredth of the queue makes it likely for this client, too.
      let seconds = Int(min(600, max(1, secondsPerJob * Double(max(1, room.jobs / 100)))))
      throw .later(
        .queueFull, "The queue holds \(room.jobs) jobs with \(room.pages) pages and takes no more at present.",
        seconds: seconds)
    }
  }
}

/// A place in the queue for a document on its way; given back when it goes.
package final class AdmissionPass: Sendable {
  private let giveBack: @Sendable () -> Void

  init(_ giveBack: @escaping @Sendable () -> Void) { self.giveBack = giveBack }

  deinit { giveBack() }
}
