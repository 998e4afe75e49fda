import Checkpoints
import Ledger
import StageKit

/// Sees that what a bundle says of itself fits together, so that nothing can be adopted that the rest contradicts.
struct BundleCheck {
  private let bundle: OpenBundle
  private let entries: [BundlePath: BundleEntry]

  init(_ bundle: OpenBundle) {
    self.bundle = bundle
    entries = Dictionary(bundle.manifest.files.map { ($0.path, $0) }) { first, _ in first }
  }

  /// - Throws: `StageFailure` with `bundle_invalid`.
  func run() throws {
    try checkJob()
    var needed: Set<BundlePath> = [.job, .ledger, BundlePath(document: bundle.job.source)]
    var artifacts: [Digest: ArtifactRecord] = [:]
    for artifact in bundle.rows.artifacts {
      guard artifacts.updateValue(artifact, forKey: artifact.key) == nil else {
        throw StageFailure.bundle("It has two results under one key.")
      }
      try check(artifact)
      for file in artifact.allFiles { needed.insert(BundlePath(object: file.digest)) }
    }
    try checkUnits(artifacts)
    let versions = VersionCheck(bundle, entries)
    try versions.checkPins()
    try versions.checkHistory()
    for digest in bundle.rows.keptFiles.map(\.digest) + bundle.rows.pins.compactMap(\.base) {
      needed.insert(BundlePath(object: digest))
    }
    for entry in bundle.manifest.files where entry.path.text.hasPrefix("objects/") || entry.path.text.hasPrefix("doc") {
      guard needed.contains(entry.path) else {
        throw StageFailure.bundle("It holds \(entry.path), which nothing in it refers to.")
      }
    }
  }

  private static let mostPages = 8_388_607  // the most that a PDF can have

  private func checkJob() throws {
    let job = bundle.job
    guard job.format == JobManifest.currentFormat, bundle.rows.format == BundleRows.currentFormat,
      job.id == bundle.manifest.job, job.state.isFinished || job.state == .paused
    else { throw StageFailure.bundle("job.json and ledger.json are not of this job.") }
    guard entries[BundlePath(document: job.source)]?.length == job.sourceLength else {
      throw StageFailure.bundle("It lacks the document.")
    }
    guard (0...Self.mostPages).contains(bundle.rows.pageCount ?? 0) else {
      throw StageFailure.bundle("Its number of pages is wrong.")
    }
    guard JobSettings.priorities.contains(job.settings.priority), (job.settings.keep ?? 0) >= 0 else {
      throw StageFailure.bundle("Its settings are none that a job can have.")
    }
  }

  private func check(_ artifact: ArtifactRecord) throws {
    for file in artifact.allFiles {
      guard entries[BundlePath(object: file.digest)]?.length == file.length else {
        throw StageFailure.bundle("It lacks a file of \(artifact.checkpoint.unit).")
      }
    }
    for record in [artifact.checkpoint] + artifact.parts {
      let isOwn = record.unit == artifact.checkpoint.unit
      guard isOwn || (record.unit.stage == artifact.checkpoint.unit.stage && record.unit.page != nil) else {
        throw StageFailure.bundle("\(artifact.checkpoint.unit) has a part of another unit.")
      }
      let header = try bundle.soundHeader(of: record)
      guard try !isOwn || hasKey(header, artifact) else {
        throw StageFailure.bundle("The checkpoint of \(record.unit) does not fit its row.")
      }
    }
  }

  /// Whether the key is the digest of what the envelope says it was made of.
  private func hasKey(_ header: CheckpointHeader, _ artifact: ArtifactRecord) throws -> Bool {
    guard header.key == artifact.key, let recipe = header.recipe else { return false }
    if try recipe.digest() == artifact.key { return true }
    // With pages left out that killed a worker, the key names them too.
    var upstream = recipe.upstream
    for (page, code) in artifact.gaps where code == .pageUnreadable {
      upstream["page/\(page)"] = UnitKey.reference(to: code)
    }
    return try KeyRecipe(
      unit: header.unitID, version: recipe.version, source: recipe.source, options: recipe.options, upstream: upstream,
      engines: recipe.engines
    ).digest() == artifact.key
  }

  private func checkUnits(_ artifacts: [Digest: ArtifactRecord]) throws {
    var seen: Set<UnitID> = []
    let pinned = Set(bundle.rows.pins.map(\.unit))
    for row in bundle.rows.units {
      guard seen.insert(row.unit).inserted else { throw StageFailure.bundle("It has \(row.unit) twice.") }
      guard row.attempts == 0, row.counted == 0, (0...BundleRows.mostReplaced).contains(row.history) else {
        throw StageFailure.bundle("Its counts of \(row.unit) are wrong.")
      }
      // Under a pin of the whole unit nothing need be.
      guard row.state == .done, !(row.content == nil && row.gap != nil && pinned.contains(row.unit)) else { continue }
      guard let artifact = row.key.flatMap({ artifacts[$0] }), artifact.checkpoint.unit == row.unit,
        artifact.checkpoint.content == row.content
      else { throw StageFailure.bundle("It lacks the result of \(row.unit).") }
    }
  }
}
