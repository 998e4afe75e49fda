import Checkpoints
import FoundationEssentials
import Ledger
import StageKit

extension JobSnapshot {
  /// The job as it is.
  package static func now(
    _ record: JobRecord, _ ledger: any LedgerReader, in folder: DataFolder, label: String = "now"
  ) async throws -> JobSnapshot {
    let job = record.manifest.id
    let units = try await ledger.units(of: job)
    let artifacts = try await ledger.artifacts(keys: units.compactMap { $0.state == .done ? $0.key : nil })
    var places: [UnitID: Place] = [:]
    for unit in units {
      if let gap = unit.gap, unit.state == .gap { places[unit.unit] = .gap(gap) }
      guard unit.state == .done, let key = unit.key, let artifact = artifacts[key] else { continue }
      for checkpoint in [artifact.checkpoint] + artifact.parts {
        places[checkpoint.unit] = .object(checkpoint.file.digest, content: checkpoint.content)
      }
      for (page, code) in artifact.gaps { places[UnitID(unit.unit.stage, .page(page))] = .gap(code) }
    }
    var pins: [UnitID: PinEntry] = [:]
    for pin in try await ledger.pins(of: job) {
      places[pin.unit] = .object(pin.object, content: pin.content)
      pins[pin.unit] = pin
    }
    return JobSnapshot(record, label: label, places: places, pins: pins, store: ObjectFolder(folder))
  }

  /// The job as it was: for each unit what a rerun or an edit replaced last.
  ///
  /// - Throws: `StageFailure` with `checkpoint_not_found` where nothing was ever replaced.
  package func before(in folder: DataFolder) throws -> JobSnapshot {
    var older: [UnitID: Place] = [:]
    for unit in units {
      guard let newest = try Self.numbers(of: unit, record.manifest.id, folder).last else { continue }
      older[unit] = .history(try Self.place(of: unit, newest))
    }
    guard !older.isEmpty else {
      throw StageFailure(
        .checkpointNotFound, "Nothing of this job was replaced yet.",
        hint: "Name another job to compare with: sheaf diff JOB OTHER.")
    }
    return replacing(older, label: "before")
  }

  /// The job with one unit as an entry of its history has it.
  ///
  /// - Parameter number: of the history entry; nil for the newest.
  /// - Throws: `StageFailure` with `checkpoint_not_found` where there is no such entry.
  package func before(_ units: [UnitID], number: Int?, in folder: DataFolder) throws -> JobSnapshot {
    var older: [UnitID: Place] = [:]
    var known: Set<Int> = []
    for unit in units {
      let numbers = try Self.numbers(of: unit, record.manifest.id, folder)
      known.formUnion(numbers)
      guard let wanted = number ?? numbers.last, numbers.contains(wanted) else { continue }
      older[unit] = .history(try Self.place(of: unit, wanted))
    }
    guard !older.isEmpty else {
      let name = units.first.map(\.description) ?? "The unit"
      let there = known.sorted().map(String.init).joined(separator: ", ")
      throw StageFailure(
        .checkpointNotFound, "\(name) has no such entry in its history.",
        hint: there.isEmpty ? "Nothing of it was replaced yet." : "There are \(there).")
    }
    return replacing(older, label: number.map { "history \($0)" } ?? "before")
  }

  /// The numbers of a unit's history entries, ascending.
  package static func numbers(of unit: UnitID, _ job: JobID, _ folder: DataFolder) throws -> [Int] {
    let path = "\(folder.job(job))/history/\(unit.stage.folder)"
    // A stage of which nothing was replaced has no folder.
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let start = unit.basename + "."
    return try FileManager.default.contentsOfDirectory(atPath: path).compactMap { name in
      let parts = name.dropFirst(start.count).split(separator: ".", omittingEmptySubsequences: false)
      // `0007.3.json`, or `0007.3.json.zst` where it is compressed.
      guard name.hasPrefix(start),
        parts.dropFirst().elementsEqual(["json"]) || parts.dropFirst().elementsEqual(["json", "zst"])
      else { return nil }
      return Int(parts[0])
    }.sorted()
  }

  private static func place(of unit: UnitID, _ number: Int) throws -> String {
    guard let place = TreeFile(checkpointOf: unit).historyPath(number) else {
      throw StageFailure(.checkpointNotFound, "\(unit) has no history.")
    }
    return place
  }
}
