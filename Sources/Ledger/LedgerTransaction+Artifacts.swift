import GRDB
import StageKit

extension LedgerTransaction {
  /// Replaces all that is known of the key.
  func put(_ artifact: ArtifactRecord) throws {
    let checkpoint = artifact.checkpoint
    try database.run(ArtifactQuery.remove, [artifact.key])
    let id = try database.first(
      ArtifactQuery.insert,
      [
        artifact.key, checkpoint.unit, checkpoint.content, checkpoint.file.digest, checkpoint.file.name,
        checkpoint.file.length, artifact.encrypted,
      ]
    ) { try $0.decode(Int64.self, atIndex: 0) }
    guard let id else { throw LedgerFailure.corrupt(message: "an artifact's row got no number") }
    try put(checkpoint.files, artifact: id, page: Database.noPage)
    for part in artifact.parts {
      guard let page = part.unit.page else {
        throw LedgerFailure.integrity(message: "a part of \(checkpoint.unit) is of no page: \(part.unit)")
      }
      try database.run(
        ArtifactQuery.insertPart,
        [id, page, part.unit, part.content, part.file.digest, part.file.name, part.file.length])
      try put(part.files, artifact: id, page: page)
    }
    for (page, code) in artifact.gaps.sorted(by: { $0.key < $1.key }) {
      try database.run(ArtifactQuery.insertGap, [id, page, code])
    }
  }

  private func put(_ files: [FileRecord], artifact: Int64, page: Int) throws {
    for (position, file) in files.enumerated() {
      try database.run(
        ArtifactQuery.insertFile, [artifact, page, position, file.name, file.digest, file.length])
    }
  }
}
