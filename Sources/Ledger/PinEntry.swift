import Checkpoints
import StageKit

/// A unit's checkpoint that a person edited: it stands in for what the stage makes, in this job only.
package struct PinEntry: Codable, Sendable, Hashable {
  package let job: JobID
  package let unit: UnitID
  /// Content digest of the checkpoint that was edited; nil where the unit had none.
  package var basedOn: Digest?
  /// Content digest of the pin: what enters the keys below.
  package let content: Digest
  /// File digest of the pin's checkpoint: its name in the object store.
  package let object: Digest
  /// As the command line or the server knows the person.
  package let who: String
  /// Seconds since 1970, as in the pin's file.
  package let at: Double
  package let why: String
  /// Of the pin's checkpoint file, in bytes.
  package let length: Int
  /// Files that belong to it.
  package var files: [FileRecord]
  /// File digest of what `basedOn` names, kept so that versions can be laid side by side.
  package var base: Digest?
  /// Content digest of what the stage makes now, where that is not what the pin is based on: the pin is in conflict.
  package var newer: Digest?

  package init(
    job: JobID, unit: UnitID, basedOn: Digest?, content: Digest, object: Digest, who: String, at: Double, why: String,
    length: Int = 0, files: [FileRecord] = [], base: Digest? = nil, newer: Digest? = nil
  ) {
    self.job = job
    self.unit = unit
    self.basedOn = basedOn
    self.content = content
    self.object = object
    self.who = who
    self.at = at
    self.why = why
    self.length = length
    self.files = files
    self.base = base
    self.newer = newer
  }

  /// The pin's checkpoint as the units below it see it.
  package var record: CheckpointRecord {
    CheckpointRecord(
      unit: unit, content: content, file: FileRecord(name: unit.basename + ".json", digest: object, length: length),
      files: files)
  }
}
