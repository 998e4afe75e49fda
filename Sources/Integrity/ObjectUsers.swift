import Checkpoints
import Ledger
import StageKit

/// Who needs an object.
struct ObjectUsers {
  private(set) var keys: [Digest] = []
  private(set) var units: [(job: JobID, unit: UnitID)] = []
  private(set) var versions: [LedgerInspection.KeptVersion] = []
  /// Pins that were made over it.
  private(set) var bases: [(job: JobID, unit: UnitID)] = []
  /// The documents of the units' jobs.
  private(set) var sources: Set<Digest> = []
  private var artifacts: [Digest: ArtifactRecord] = [:]

  init() {}

  init(_ digest: Digest, in ledger: LedgerInspection) throws {
    keys = try ledger.keys(ofObject: digest)
    artifacts = try ledger.artifacts(keys: keys)
    for key in keys { units += try ledger.units(ofKey: key) }
    versions = try ledger.keptVersions(ofObject: digest)
    bases = try ledger.pins(basedOn: digest)
    for job in Set(units.map(\.job)) {
      if let record = try ledger.job(job) { sources.insert(record.manifest.source) }
    }
  }

  var isEmpty: Bool { units.isEmpty && versions.isEmpty && bases.isEmpty }

  /// Whether a pin was made over it and nothing else needs it.
  var isOnlyBase: Bool { units.isEmpty && versions.isEmpty && !bases.isEmpty }

  /// What to do where it is lost.
  var remedy: String {
    if isOnlyBase {
      return "A pin was made over it. The pin stands; only a merge needs what is lost, so choose with "
        + "sheaf resolve --keep or --take-new."
    }
    if versions.contains(where: { $0.number == 0 }) {
      return "A person made it: take the pin away with sheaf unpin, or edit the unit again."
    }
    if versions.isEmpty { return "Submit the document again and resume: its source is damaged, too." }
    return units.isEmpty
      ? "It is a replaced version, which nothing can make again; what stands now is not affected."
      : "As a replaced version it is gone; where it stands now, the unit runs again at the next resume."
  }

  var affected: [IntegrityFinding.Affected] {
    var seen: Set<IntegrityFinding.Affected> = []
    let all = units + versions.map { ($0.job, $0.unit) } + bases
    return all.map { IntegrityFinding.Affected($0.0, $0.1) }.filter { seen.insert($0).inserted }
  }

  /// A file of a job's tree that is no link to the object and has its bytes: where links fail, trees hold copies.
  func copy(of digest: Digest, in folder: DataFolder, not damaged: FileIdentity) throws -> String? {
    for (job, _) in units {
      let tree = JobTree(job, in: folder)
      for artifact in artifacts.sorted(by: { $0.key.hex < $1.key.hex }).map(\.value) {
        for file in try TreeFile.all(of: artifact) where file.object.digest == digest {
          guard let survey = FileSurvey(tree.path(of: file.place)), survey.isRegular, survey.identity != damaged,
            try survey.storedDigest() == digest
          else { continue }
          return survey.path
        }
      }
    }
    return nil
  }
}

extension TreeFile {
  /// Every place of an artifact in a job's tree, with what is to stand there.
  static func all(of artifact: ArtifactRecord) throws -> [(place: TreeFile, object: ObjectReference)] {
    try ([artifact.checkpoint] + artifact.parts).flatMap { try all(of: $0) }
  }

  static func all(of record: CheckpointRecord) throws -> [(place: TreeFile, object: ObjectReference)] {
    try [(TreeFile(checkpointOf: record.unit), ObjectReference(record.file))]
      + record.files.map { (try TreeFile($0.name, of: record.unit), ObjectReference($0)) }
  }
}
