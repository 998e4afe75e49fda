import StageKit

#if canImport(Glibc)
  import Glibc
#endif

extension JobTree {
  /// Removes the link to an object's file; one that a person put in its place stays.
  ///
  /// - Returns: whether it was there.
  @discardableResult
  package func drop(_ file: TreeFile, of object: ObjectReference) throws -> Bool {
    let path = path(of: file)
    guard let link = FileIdentity(path), let target = FileIdentity(objects.path(of: object.digest)),
      link.isSameFile(as: target)
    else { return false }
    guard unlink(path) == 0 || errno == ENOENT else {
      throw StageFailure.system(errno, "A page image could not be removed")
    }
    return true
  }
}
