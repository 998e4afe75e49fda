import StageKit

extension JobTree {
  /// The files of the job's history, by their paths in a bundle.
  package func historyFiles() throws -> [(path: BundlePath, file: String)] {
    var files: [(BundlePath, String)] = []
    for stage in StageID.allCases {
      for name in try Folder.names(in: "\(path)/history/\(stage.folder)") {
        let place = "history/\(stage.folder)/\(name)"
        if let entry = BundlePath(place) { files.append((entry, "\(path)/\(place)")) }
      }
    }
    return files
  }

  /// Puts a file of an adopted job's history in its place; one that is there stays.
  package func adoptHistory(_ entry: BundlePath, from file: String) throws {
    let parts = entry.text.split(separator: "/")
    guard parts.count == 3, parts[0] == "history" else { return }
    try create()
    try Folder.create(path + "/history")
    try Folder.create("\(path)/history/\(parts[1])")
    _ = try ImmutableFile.copy(file, at: "\(path)/\(entry.text)")
  }

  /// Whether the job has a folder.
  package var exists: Bool { FileIdentity(path) != nil }
}
