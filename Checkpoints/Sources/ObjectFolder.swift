import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The checkpoint store in a data folder: one file per object, mode 0444, compressed or as it is.
package struct ObjectFolder: Sendable {
  package let folder: DataFolder
  private let compression: CheckpointCompression

  /// - Parameter compression: of what is published; objects of both forms are read whatever it is.
  package init(_ folder: DataFolder, compression: CheckpointCompression = .none) {
    self.folder = folder
    self.compression = compression
  }

  /// Where an object stands, for linking it elsewhere.
  package func path(of digest: Digest) -> String { folder.object(digest) }

  /// Whether an object is there and stored compressed.
  package func isCompressed(_ digest: Digest) throws -> Bool { try StoredFile.isCompressed(path(of: digest)) }

  /// Whether an object is there, whole and unchanged; reads all of it.
  package func isSound(_ digest: Digest, length: Int) throws -> Bool {
    try file(digest, length: length).isSound()
  }

  private func file(_ digest: Digest, length: Int) -> ImmutableFile {
    ImmutableFile(path: path(of: digest), digest: digest, length: length, mayBeCompressed: true)
  }
}

extension ObjectFolder: CheckpointStore {
  package func put(_ files: [AttemptFile]) throws {
    let began = ContinuousClock.now
    var made: [String] = []
    // Published, they have another name by now.
    defer { for path in made { unlink(path) } }
    let paths = try force(files, &made)
    for (file, path) in zip(files, paths) { try publish(file, path) }
    for shard in Set(files.map { folder.shard($0.digest) }).sorted() { try Folder.sync(shard) }
    for file in files {
      guard unlink(file.path) == 0 || errno == ENOENT else {
        throw StageFailure.system(errno, "An attempt's file could not be removed")
      }
    }
    StorageMeter.published(files, since: began)
  }

  package func get(_ digest: Digest) throws -> InputFile {
    guard let file = try StoredFile(path(of: digest)) else {
      throw StageFailure(
        .checkpointCorrupt, "The file \(digest.hex) is missing from the data folder.",
        hint: "Resume the job: the unit runs again.")
    }
    return try file.input()
  }

  package func head(_ digest: Digest) throws -> Int? { try StoredFile(path(of: digest))?.length }

  package func list(after last: Digest?, limit: Int) throws -> [Digest] {
    var page: [Digest] = []
    let start = last.map { String($0.hex.prefix(2)) } ?? ""
    for shard in try Folder.names(in: folder.objects) where shard >= start && page.count < limit {
      // Names that are no digests are files on their way.
      let digests = try Folder.names(in: folder.objects + "/" + shard).compactMap { Digest($0) }
      page += digests.filter { digest in last.map { $0.hex < digest.hex } ?? true }.prefix(limit - page.count)
    }
    return page
  }

  package func delete(_ digest: Digest) throws {
    guard unlink(path(of: digest)) == 0 || errno == ENOENT else {
      throw StageFailure.system(errno, "An object could not be removed")
    }
  }

  package func quarantine(_ digest: Digest) throws {
    // What was found corrupt is kept for whoever wants to know why; a second one of the same name goes beside it.
    let target = folder.quarantine + "/" + digest.hex + UniqueName.next("corrupt")
    guard rename(path(of: digest), target) == 0 || errno == ENOENT else {
      throw StageFailure.system(errno, "A corrupt object could not be moved away")
    }
  }

  /// Hashes files while the disk takes them, and returns when all are on it: the first one waits, and those behind it
  /// are mostly there by then.
  ///
  /// - Parameter made: gets the paths of compressed files, which are the caller's to remove.
  /// - Returns: for each file what is to be published.
  private func force(_ files: [AttemptFile], _ made: inout [String]) throws -> [String] {
    var paths: [String] = []
    for group in stride(from: 0, to: files.count, by: Self.openFiles) {
      let group = files[group..<min(group + Self.openFiles, files.count)]
      let attempts = try group.map { file in
        let attempt = try OpenAttempt(file, compression)
        if let path = attempt.madePath { made.append(path) }
        return attempt
      }
      for attempt in attempts { try attempt.verify() }
      for attempt in attempts { try attempt.sync() }
      paths += attempts.map(\.path)
    }
    return paths
  }

  /// Files of one attempt that are open at once: a page's are three, an export's images may be thousands.
  private static let openFiles = 64

  private func publish(_ file: AttemptFile, _ path: String) throws {
    try FaultPoint.reach(.publish, file.digest.hex)
    // Somebody may have removed a folder that is made with the data folder.
    if try Folder.create(folder.shard(file.digest)) { try Folder.sync(folder.objects) }
    try self.file(file.digest, length: file.length).publish(path) { try quarantine(file.digest) }
  }
}
