import Checkpoints
import Ledger
import StageKit

/// Who needs an object.
struct ObjectUsers {
  private(set) var keys: [Digest] = []
  private(set) var units: [(job: JobID, unit: UnitID)] = []
  private(set) var versions: [LedgerInspection.KeptVersion] = []
  /// The documents of the units' jobs.
  private(set) var sources: Set<Digest> = []
  private var artifacts: [Digest: ArtifactRecord] = [:]

  init() {}

  init(_ digest: Digest, in ledger: LedgerInspection) throws {
    keys = try ledger.keys(ofObject: digest)
    artifacts = try ledger.artifacts(keys: keys)
    for key in keys { units += try ledger.units(ofKey: key) }
    versions = try ledger.keptVersions(ofObject: digest)
    for job in Set(units.map(\.job)) {
      if let record = try ledger.job(job) { sources.insert(record.manifest.source) }
    }
  }

  var isEmpty: Bool { units.isEmpty && versions.isEmpty }

  var affected: [IntegrityFinding.Affected] {
    units.map { .init($0.job, $0.unit) } + versions.map { .init($0.job, $0.unit) }
  }

  /// A file of a job's tree that is no link to the object and has its bytes: where links fail, trees hold copies.
  func copy(of digest: Digest, in folder: DataFolder, not damaged: FileIdentity) throws -> String? {
    for (job, _) in units {
      let tree = JobTree(job, in: folder)
      for artifact in artifacts.sorted(by: { $0.key.hex < $1.key.hex }).map(\.value) {
        for file in try TreeFile.all(of: artifact) where file.object.digest == digest {
          guard let survey = FileSurvey(tree.path(of: file.place)), survey.isRegular, survey.identity != damaged,
            try survey.digest() == digest
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
