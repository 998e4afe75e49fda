import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import StageKit

/// Fills a ledger from everything else in a data folder: the objects, which say of themselves what they are, every
/// `job.json`, the pins, and the trees, which show what stands for each unit.
///
/// What is in the ledger already stays, but for what `job.json` says, which is always written first.
struct Reconstruction {
  struct Outcome {
    var jobs = 0
    var artifacts = 0
    /// Jobs whose description cannot be read.
    var unreadable: [JobID] = []
    /// Finished jobs of whose results none was found.
    var incomplete: [JobID] = []
  }

  private let folder: DataFolder
  private let store: ObjectFolder
  private let ledger: LedgerInspection
  private let workplace: String

  init(_ folder: DataFolder, into ledger: LedgerInspection, workplace: String) {
    self.folder = folder
    self.ledger = ledger
    self.workplace = workplace
    store = ObjectFolder(folder)
  }

  func run() throws -> Outcome {
    var outcome = Outcome()
    for name in try FileSurvey.names(in: folder.documents) {
      guard let digest = Digest(name), let file = FileSurvey(folder.document(digest)), file.isRegular else { continue }
      try ledger.add(ReceivedDocument(digest: digest, length: file.length))
    }
    let index = try ObjectIndex(path: workplace + "/objects.sqlite")
    try read(into: index)
    outcome.artifacts = try addArtifacts(of: index)
    for job in try JobTree.jobs(in: folder) {
      switch try adopt(job, index: index) {
      case .adopted(let units, let state):
        outcome.jobs += 1
        if units == 0, state == .completed || state == .completedWithErrors { outcome.incomplete.append(job) }
      case .unreadable: outcome.unreadable.append(job)
      case .known: outcome.jobs += 1
      }
    }
    return outcome
  }

  // MARK: Objects

  private static let step = 500

  /// Notes what every sound object is.
  private func read(into index: ObjectIndex) throws {
    for shard in try FileSurvey.names(in: folder.objects) {
      var entries: [ObjectIndex.Entry] = []
      for digest in try FileSurvey.names(in: folder.objects + "/" + shard).compactMap({ Digest($0) }) {
        if let entry = try entry(digest) { entries.append(entry) }
        if entries.count == Self.step {
          try index.add(entries)
          entries = []
        }
      }
      try index.add(entries)
    }
  }

  private func entry(_ digest: Digest) throws -> ObjectIndex.Entry? {
    guard let file = FileSurvey(folder.object(digest)), file.isRegular else { return nil }
    return try store.get(digest).withBytes { bytes in
      // What is damaged is told when the objects are checked.
      guard Digest(of: bytes) == digest else { return nil }
      let reader = CheckpointReader(discovering: bytes)
      return ObjectIndex.Entry(
        object: ObjectReference(digest: digest, length: bytes.count), links: file.links, header: reader?.header,
        isEncrypted: try reader.map(Self.isEncrypted) ?? false)
    }
  }

  private static func isEncrypted(_ reader: CheckpointReader) throws -> Bool {
    guard reader.header.stage == .ingest, reader.header.key != nil else { return false }
    return try reader.withPayload { payload in
      try CanonicalDecoder().decode(JSONValue.self, from: payload)["encrypted"]?.bool ?? false
    }
  }

  private func addArtifacts(of index: ObjectIndex) throws -> Int {
    var count = 0
    var last: Digest?
    while true {
      let page = try index.artifacts(after: last, limit: Self.step)
      guard let end = page.last else { return count }
      try ledger.apply(page.found.map { .artifact($0.artifact) })
      count += page.found.count
      last = end
    }
  }

  // MARK: Jobs

  enum Adoption {
    case adopted(units: Int, state: JobState)
    /// The ledger has the job, and no job.json tells more.
    case known
    case unreadable
  }

  /// Takes a job in from its folder.
  func adopt(_ job: JobID, index: ObjectIndex? = nil) throws -> Adoption {
    let tree = JobTree(job, in: folder)
    let record = try ledger.job(job)
    // One that cannot be read is told by the answer.
    guard let manifest = try? tree.manifest() else { return record == nil ? .unreadable : .known }
    let listing = try TreeListing(tree)
    let pins = try pins(of: tree)
    let units = try units(of: tree, manifest.source, listing, pins, index)
    if let record {
      guard !record.deleted else { return .known }
      if record.manifest != manifest { try ledger.replace(manifest) }
      try update(record, units, Set(pins.map(\.unit)))
    } else {
      let created = (try? Date(manifest.created, strategy: .iso8601))?.timeIntervalSince1970 ?? 0
      try ledger.add(ReceivedDocument(digest: manifest.source, length: manifest.sourceLength))
      try ledger.create(
        JobRecord(manifest: manifest, pageCount: try pageCount(of: units), created: created), units: units)
    }
    let pinned = Set(try ledger.pins(of: job).map(\.unit))
    try ledger.apply(pins.filter { !pinned.contains($0.unit) }.map { .pin($0) })
    try VersionAdoption(tree, store, ledger).run(listing)
    return .adopted(units: units.count, state: manifest.state)
  }

  /// Brings a job's rows up to what its tree shows: links are made after rows, so where rows were lost the tree is newer.
  private func update(_ record: JobRecord, _ units: [UnitRecord], _ pinned: Set<UnitID>) throws {
    let job = record.manifest.id
    let rows = Dictionary(try ledger.units(of: job).map { ($0.unit, $0) }) { first, _ in first }
    let changed = units.compactMap { unit -> UnitRecord? in
      guard let row = rows[unit.unit], row.key != nil else { return unit }
      // Under a pin the tree does not show what the stage makes now.
      guard row.key != unit.key || row.state != .done, unit.state == .done, !pinned.contains(unit.unit) else {
        return nil
      }
      var unit = unit
      unit.history = max(unit.history, row.history)
      unit.attempts = row.attempts
      return unit
    }
    var changes: [LedgerChange] = changed.isEmpty ? [] : [.units(job, changed)]
    if record.pageCount == nil, let count = try pageCount(of: units) { changes.append(.jobPages(job, count)) }
    try ledger.apply(changes)
  }

  /// What stands for the units, as the tree shows it and the results tell.
  private func units(
    of tree: JobTree, _ source: Digest, _ listing: TreeListing, _ pins: [PinEntry], _ index: ObjectIndex?
  ) throws -> [UnitRecord] {
    var rows: [UnitID: UnitRecord] = [:]
    var gaps: [UnitID: GapCode] = [:]
    func add(_ artifact: ArtifactRecord) throws {
      let unit = artifact.checkpoint.unit
      // Whoever goes on with an encrypted document has to open it first.
      rows[unit] = UnitRecord(
        unit: unit, state: .done, key: artifact.key, content: artifact.checkpoint.content,
        history: Self.newestVersion(of: unit, in: listing), reused: artifact.encrypted)
      if let index { gaps.merge(try index.gaps(upstreamOf: artifact.key)) { first, _ in first } }
    }
    // Where a pin stands, the tree does not show what the stage made; the pin tells what it is based on, and what the
    // stage makes now where that is something else.
    for pin in pins {
      var keys = try pin.base.map { try ledger.keys(ofCheckpoint: $0) } ?? []
      if let newer = pin.newer, let index { keys = try index.keys(of: pin.unit, source: source, content: newer) + keys }
      guard let key = keys.first, let artifact = try ledger.artifacts(keys: [key])[key] else { continue }
      try add(artifact)
    }
    for file in listing.files where file.survey.isRegular && file.path.hasSuffix(".json") && !file.path.hasPrefix("his")
    {
      guard let digest = try file.survey.storedDigest(), let key = try ledger.keys(ofCheckpoint: digest).first,
        let artifact = try ledger.artifacts(keys: [key])[key],
        TreeFile(checkpointOf: artifact.checkpoint.unit).path == file.path
      else { continue }
      try add(artifact)
    }
    // A unit that was given up and then pinned; a page of a stage over the document is no unit.
    for pin in pins where rows[pin.unit] == nil && rows[UnitID(pin.unit.stage)] == nil {
      rows[pin.unit] = UnitRecord(
        unit: pin.unit, state: .done, history: Self.newestVersion(of: pin.unit, in: listing))
    }
    for (unit, code) in gaps where rows[unit] == nil { rows[unit] = UnitRecord(unit: unit, state: .gap, gap: code) }
    return rows.values.sorted { $0.unit < $1.unit }
  }

  private static func newestVersion(of unit: UnitID, in listing: TreeListing) -> Int {
    listing.files.compactMap { KeptFile($0) }
      .filter { $0.unit == unit || unit.page == nil && $0.unit.stage == unit.stage }.map(\.number).max() ?? 0
  }

  private func pageCount(of units: [UnitRecord]) throws -> Int? {
    guard let key = units.first(where: { $0.unit == UnitID(.ingest) })?.key,
      let ingest = try ledger.artifacts(keys: [key])[key]
    else { return nil }
    return ingest.parts.count + ingest.gaps.count
  }

  // MARK: What people made

  private func pins(of tree: JobTree) throws -> [PinEntry] {
    try FileSurvey.names(in: tree.path + "/pins").filter { $0.hasSuffix(".json") }.compactMap { name in
      // One that cannot be read is as good as missing; the check tells that it is unlisted.
      guard let bytes = try AtomicFile(tree.path + "/pins/" + name).read(),
        let pin = try? CanonicalDecoder().decode(PinRecord.self, from: bytes)
      else { return nil }
      return PinEntry(
        job: tree.job, unit: pin.unit, basedOn: pin.basedOn, content: pin.content, object: pin.file.digest,
        who: pin.author, at: (try? Date(pin.created, strategy: .iso8601))?.timeIntervalSince1970 ?? 0,
        why: pin.reason ?? "", length: pin.file.length, files: pin.files, base: pin.base, newer: pin.newer)
    }
  }
}
