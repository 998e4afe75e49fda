import StageKit

#if canImport(Glibc)
  import Glibc
#endif

extension JobTree {
  /// What came of putting an object at its place.
  package enum Placement: Sendable, Hashable {
    /// It stood there already.
    case unchanged
    case placed
    /// A person's file stands there and was kept.
    case kept
  }

  /// What stands at a place.
  ///
  /// - Parameters:
  ///   - expected: digest and length of the object that should stand there; nil where nothing should.
  ///   - known: whether the ledger knows an object.
  package func status(
    of file: TreeFile, expected: ObjectReference?, known: (Digest) throws -> Bool
  ) throws -> TreeFileStatus {
    try examine(path(of: file), expected: expected, known: known)
  }

  /// Puts an object at its place as a hard link, or as a copy where links fail.
  ///
  /// - Parameters:
  ///   - history: the number under which a replaced checkpoint is kept; nil where its content is the same, and for
  ///     files.
  ///   - known: whether the ledger knows an object.
  /// - Returns: `.kept` where a person's file is in the way, which is never run over.
  package func place(
    _ object: ObjectReference, at file: TreeFile, history: Int?, known: (Digest) throws -> Bool
  ) throws -> Placement {
    try FaultPoint.reach(.link, file.path)
    try createFolders(for: file)
    for _ in 0..<Self.rounds {
      let seen = FileIdentity(path(of: file))
      switch try status(of: file, expected: object, known: known) {
      case .current: return .unchanged
      case .strange: return .kept
      case .missing: break
      case .stale: guard try retire(file, seen, history) else { continue }
      }
      let target = try path + "/" + file.path + suffix(of: object, at: file)
      if try ImmutableFile.place(objects.path(of: object.digest), at: target) { return .placed }
    }
    return .kept
  }

  /// Takes away a file that no longer belongs there, such as a figure that a rerun did not find again.
  ///
  /// - Returns: `.kept` where it is a person's.
  package func withdraw(_ file: TreeFile, history: Int?, known: (Digest) throws -> Bool) throws -> Placement {
    for _ in 0..<Self.rounds {
      let seen = FileIdentity(path(of: file))
      switch try status(of: file, expected: nil, known: known) {
      case .missing: return .unchanged
      case .strange: return .kept
      case .current, .stale: if try retire(file, seen, history) { return .placed }
      }
    }
    return .kept
  }

  /// Somebody who changes the place between each look and each step is a person at work: what is there is kept.
  private static var rounds: Int { 4 }

  private func examine(
    _ path: String, expected: ObjectReference?, known: (Digest) throws -> Bool
  ) throws -> TreeFileStatus {
    guard let identity = FileIdentity(path) else { return .missing }
    guard identity.isRegular else { return .strange }
    guard let opened = try StoredFile(path) else { return .missing }
    if let expected, opened.length == expected.length, let object = FileIdentity(objects.path(of: expected.digest)),
      identity.isSameFile(as: object)
    {
      return .current
    }
    guard let digest = try opened.measure()?.digest else { return .strange }
    if digest == expected?.digest { return .current }
    return try known(digest) ? .stale : .strange
  }

  /// Moves a stale file out of the way: into the history, or to nowhere where no number is given.
  ///
  /// - Returns: false where another file stood there by then; it is put back.
  private func retire(_ file: TreeFile, _ seen: FileIdentity?, _ history: Int?) throws -> Bool {
    let target = path(of: file)
    let what = "\(file.path) could not be replaced"
    // First aside, then a second look: so a file that a person puts there at this very moment is not lost.
    let aside = "\(path)/\(file.stage.folder)/\(UniqueName.next("replaced"))"
    guard rename(target, aside) == 0 else {
      if errno == ENOENT { return true }
      throw StageFailure.system(errno, what)
    }
    guard let moved = FileIdentity(aside), let seen, moved.isSameFile(as: seen) else {
      // If yet another one came meanwhile, the older stays aside under its hidden name rather than being lost.
      if link(aside, target) == 0 { unlink(aside) }
      return false
    }
    if let history, let place = file.historyPath(history) {
      let kept = target.hasSuffix(CompressedHeader.suffix) ? place + CompressedHeader.suffix : place
      try Folder.create(path + "/history")
      try Folder.create("\(path)/history/\(file.stage.folder)")
      // A history file of that number is from before a crash, and the same.
      if FileIdentity(standing(place)) == nil {
        guard rename(aside, path + "/" + kept) == 0 else { throw StageFailure.system(errno, what) }
        return true
      }
    }
    guard unlink(aside) == 0 else { throw StageFailure.system(errno, what) }
    return true
  }

  /// What an object's name in the tree ends in beyond that of its place.
  func suffix(of object: ObjectReference, at file: TreeFile) throws -> String {
    try file.isCheckpoint && objects.isCompressed(object.digest) ? CompressedHeader.suffix : ""
  }

  private func createFolders(for file: TreeFile) throws {
    try create()
    var folder = path + "/" + file.stage.folder
    try Folder.create(folder)
    if let slash = file.name.firstIndex(of: "/") {
      folder += "/" + file.name[..<slash]
      try Folder.create(folder)
    }
  }
}
