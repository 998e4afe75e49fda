import StageKit

#if canImport(Glibc)
  import Glibc
#endif

extension DataFolder {
  /// Takes a file out of use without destroying it.
  ///
  /// - Parameter path: absolute; nothing there is no error.
  /// - Returns: where it is now.
  @discardableResult
  package func moveToQuarantine(_ path: String) throws -> String {
    try Folder.create(quarantine)
    let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
    let target = quarantine + "/" + name + UniqueName.next("found")
    guard rename(path, target) == 0 || errno == ENOENT else {
      throw StageFailure.system(errno, "\(path) could not be moved away")
    }
    return target
  }

  /// Makes an owner's temporary folder, and leaves those of others.
  package func createTemporary(of owner: String) throws { try Folder.create(temporary(of: owner)) }

  /// Keeps a file for whoever wants to know what was wrong with it, while it stays where it is.
  package func keepInQuarantine(_ path: String) throws {
    try Folder.create(quarantine)
    let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
    guard try ImmutableFile.place(path, at: quarantine + "/" + name + UniqueName.next("found")) else {
      throw StageFailure(.inputOutput, "\(path) could not be kept.", retryable: true)
    }
  }

  /// Puts a finished file in another's place at once.
  package func replace(_ path: String, with new: String) throws {
    guard rename(new, path) == 0 else { throw StageFailure.system(errno, "\(path) could not be replaced") }
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    try Folder.sync(folder)
  }
}
