import Engine
import HTTPServer
import StageKit
import Synchronization

/// Decides before a body is read whether there is room for another document: in the queue, among the uploads, on the
/// disk. Asks nothing that waits.
package final class AdmissionGate: Sendable {
  private struct State {
    var uploads = 0
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

  package func reading(_ census: WorkCensus) -> Reading {
    let totals = census.totals
    let settings = configuration.current
    return state.withLock { state in
      Reading(
        jobs: totals.jobs + state.uploads, jobLimit: settings[Settings.queueJobs], pages: totals.pages + state.pages,
        pageLimit: settings[Settings.queuePages], uploads: state.uploads, uploadLimit: settings[Settings.uploads],
        freeDisk: disk.freeBytes.map { $0 - state.bytes })
    }
  }

  /// Takes a place for a document, given back when the pass goes.
  ///
  /// - Parameter length: bytes of the request's body; nil where the client does not tell.
  /// - Throws: `Problem` with `queue_full`, `overloaded`, `insufficient_storage`, `file_too_large`.
  package func admit(length: Int64?, _ census: WorkCensus, secondsPerJob: Double) throws(Problem) -> AdmissionPass {
    let settings = configuration.current
    let most = settings[Settings.documentSize] << 20
    // A form around a document is small.
    if let length, length > Int64(most) + RouteTable.smallBody {
      throw Problem(
        ProblemCode(.fileTooLarge), "The document is larger than \(most >> 20) MiB, the most that is taken.")
    }
    let expected = Int(clamping: length ?? 0)
    let room = reading(census)
    if let free = room.freeDisk, free - expected < settings[Settings.freeDisk] << 20 {
      throw Problem(
        .insufficientStorage, "The disk has no room for another document.", retryable: true,
        headers: ["Retry-After": "60"])
    }
    let pages = WorkCensus.expectedPages(bytes: expected)
    guard room.jobs < room.jobLimit, room.pages + pages <= room.pageLimit || room.jobs == 0 else {
      // Room for one comes when one job is through; a hundredth of the queue makes it likely for this client, too.
      let seconds = Int(min(600, max(1, secondsPerJob * Double(max(1, room.jobs / 100)))))
      throw .later(
        .queueFull, "The queue holds \(room.jobs) jobs with \(room.pages) pages and takes no more at present.",
        seconds: seconds)
    }
    guard room.uploads < room.uploadLimit else {
      throw .later(.overloaded, "Too many documents are being uploaded.", seconds: 2)
    }
    state.withLock { state in
      state.uploads += 1
      state.pages += pages
      state.bytes += expected
    }
    return AdmissionPass { [weak self] in
      self?.state.withLock { state in
        state.uploads -= 1
        state.pages -= pages
        state.bytes -= expected
      }
    }
  }
}

/// A place in the queue for a document on its way; given back when it goes.
package final class AdmissionPass: Sendable {
  private let giveBack: @Sendable () -> Void

  init(_ giveBack: @escaping @Sendable () -> Void) { self.giveBack = giveBack }

  deinit { giveBack() }
}
