import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Where everything lies: the one place that knows the names in `<data>`.
package struct DataFolder: Sendable, Hashable {
  /// Absolute, without a slash at the end.
  package let path: String

  package init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  package var ledger: String { path + "/ledger.sqlite" }
  /// The full text of finished jobs, which can be made again at any time.
  package var search: String { path + "/search.sqlite" }
  package var controlSocket: String { path + "/control.sock" }
  package var serverSocket: String { path + "/" + Self.serverSocketName }
  package static let serverSocketName = "server.sock"
  package var lock: String { path + "/lock" }
  package var documents: String { path + "/documents" }
  package var objects: String { path + "/objects" }
  package var jobs: String { path + "/jobs" }
  package var quarantine: String { path + "/quarantine" }
  package var temporary: String { path + "/tmp" }

  /// Attempt files and workers' scratch of one owner, who is a UUID per process start.
  package func temporary(of owner: String) -> String { temporary + "/" + owner }

  package func document(_ digest: Digest) -> String { documents + "/" + digest.hex }

  package func object(_ digest: Digest) -> String { "\(shard(digest))/\(digest.hex)" }

  package func job(_ job: JobID) -> String { jobs + "/" + job.text }

  /// The folder of an object: by the first two digits, so that no folder holds millions of names.
  func shard(_ digest: Digest) -> String { objects + "/" + digest.hex.prefix(2) }

  /// Makes what is missing; only for its owner's eyes.
  ///
  /// - Throws: `StageFailure` with `data_folder_unusable`.
  package func create() throws {
    try createTop()
    try createShards()
  }

  /// Makes what is missing, but for the objects' folders.
  ///
  /// - Throws: as `create`.
  package func createTop() throws {
    do {
      try createPath()
      for folder in [temporary, documents, objects, jobs, quarantine] { try Folder.create(folder) }
      try Folder.sync(path)
    } catch {
      throw unusable(error)
    }
    guard access(path, R_OK | W_OK | X_OK) == 0 else {
      throw StageFailure(
        .dataFolderUnusable, "The data folder \(path) cannot be written to.", hint: "Give another with --data.")
    }
  }

  /// Makes a new owner's temporary folder and removes those of all others.
  ///
  /// Only for the holder of the `OwnerLock`: whoever else left a folder there is dead.
  package func sweepTemporary(for owner: String) throws {
    for name in try Folder.names(in: temporary) where name != owner { try Folder.remove(temporary + "/" + name) }
    try Folder.create(temporary(of: owner))
  }

  /// Removes an owner's temporary folder at its orderly end.
  package func removeTemporary(of owner: String) throws { try Folder.remove(temporary(of: owner)) }

  /// The path and the folders above it.
  private func createPath() throws(StageFailure) {
    var end = path.startIndex
    while end < path.endIndex {
      end = path[path.index(after: end)...].firstIndex(of: "/") ?? path.endIndex
      let ancestor = String(path[..<end])
      if mkdir(ancestor, 0o700) == 0 { continue }
      // The folders above may be links and may belong to others; all that counts is that the way goes on.
      let code = errno
      guard FileIdentity(following: ancestor)?.isFolder == true else {
        throw .system(code == EEXIST ? ENOTDIR : code, "\(ancestor) could not be made")
      }
    }
  }

  /// Makes the objects' folders, all at once, so that publishing an object never has to make its folder durable, too.
  ///
  /// - Throws: as `create`.
  package func createShards() throws {
    guard FileIdentity(objects + "/ff") == nil else { return }
    do {
      for shard in 0..<256 {
        let digits = String(shard, radix: 16)
        try Folder.create(objects + "/" + (digits.count < 2 ? "0" : "") + digits)
      }
      try Folder.sync(objects)
    } catch {
      throw unusable(error)
    }
  }

  private func unusable(_ error: StageFailure) -> StageFailure {
    StageFailure(
      .dataFolderUnusable, "The data folder \(path) cannot be used. \(error.message)", hint: "Give another with --data."
    )
  }
}
