import StageKit

/// What one attempt of a unit may use.
package struct UnitLimits: Sendable, Hashable {
  package var cpuSeconds: Double
  /// Also where the processor is busy with other things; far above the CPU limit, so that load does not change results.
  package var wallSeconds: Double
  /// Resident memory of the worker.
  package var residentBytes: Int
  /// Bytes of all files that it makes; the kernel holds each single one to the same limit.
  package var outputBytes: Int

  package init(cpuSeconds: Double, wallSeconds: Double, residentBytes: Int, outputBytes: Int = .max) {
    self.cpuSeconds = cpuSeconds
    self.wallSeconds = wallSeconds
    self.residentBytes = residentBytes
    self.outputBytes = outputBytes
  }
}

/// What attempts may use, and when a worker is replaced.
package struct WorkerLimits: Sendable, Hashable {
  /// For a unit over one page. A dense page takes Tesseract 10 s; what takes six times as long is not getting anywhere.
  /// The largest image that is taken, of 120 million pixels, needs 0.9 GB.
  package var page = UnitLimits(cpuSeconds: 60, wallSeconds: 600, residentBytes: 1 << 30)
  /// For a unit over the document, on top of which each page adds `documentPage`.
  package var document = UnitLimits(cpuSeconds: 60, wallSeconds: 600, residentBytes: 2 << 30)
  /// CPU seconds that each page adds to a document unit's limit; ten times as much wall time.
  package var documentPage = 1.0
  /// A worker that has done so many units makes room for a fresh one: native libraries leak a little.
  package var unitsPerWorker = 500
  /// A worker that holds more than this after a unit makes room for a fresh one.
  package var recycleBytes = 320 << 20
  /// Bytes that the files of an attempt may have, one or all together.
  package var outputBytes = 4 << 30
  /// CPU seconds that a job's workers may use from its start or resumption to its end.
  package var jobSeconds = 86_400.0
  /// Files that one attempt may make.
  package var filesPerUnit = 20_000

  package init() {}

  /// - Parameters:
  ///   - unitSeconds: CPU seconds of a unit over a page; ten times as much wall time.
  ///   - unitBytes: resident memory of a unit over a page; twice as much for one over the document.
  package init(unitSeconds: Double, unitBytes: Int, jobSeconds: Double, outputBytes: Int) {
    page = UnitLimits(cpuSeconds: unitSeconds, wallSeconds: 10 * unitSeconds, residentBytes: unitBytes)
    document = UnitLimits(cpuSeconds: unitSeconds, wallSeconds: 10 * unitSeconds, residentBytes: 2 * unitBytes)
    self.jobSeconds = jobSeconds
    self.outputBytes = outputBytes
  }

  func limits(of unit: UnitID, pages: Int) -> UnitLimits {
    var limits = unit.page == nil ? document : page
    limits.outputBytes = outputBytes
    if unit.page == nil {
      let extra = documentPage * Double(pages)
      limits.cpuSeconds += extra
      limits.wallSeconds += 10 * extra
    }
    return limits
  }
}
