import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Folders on the disk.
enum Folder {
  /// Makes one folder for its owner alone, unless it is there.
  ///
  /// - Returns: whether it was made.
  @discardableResult
  static func create(_ path: String) throws(StageFailure) -> Bool {
    // Looking first: most folders are there, and making one locks the folder above it.
    if FileIdentity(path)?.isFolder == true { return false }
    if mkdir(path, 0o700) == 0 { return true }
    guard errno == EEXIST else { throw .system(errno, "The folder \(path) could not be made") }
    // A symbolic link in its place would lead elsewhere what is written into it.
    guard FileIdentity(path)?.isFolder == true else {
      throw StageFailure(.dataFolderUnusable, "\(path) is in the way of a folder.", hint: "Move it away.")
    }
    return false
  }

  /// Makes the names in it durable.
  static func sync(_ path: String) throws(StageFailure) {
    let what = "The folder \(path) could not be forced to the disk"
    try OpenFile(path, O_RDONLY | O_DIRECTORY, or: what).sync(or: what)
  }

  /// The names in a folder, sorted; none where there is no such folder.
  static func names(in path: String) throws(StageFailure) -> [String] {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 {
      if errno == ENOENT { return [] }
      throw .system(errno, "The folder \(path) could not be read")
    }
    return try names(ofOpen: descriptor)
  }

  /// Removes a folder and what is in it; a symbolic link is removed, never followed. Nothing there is no error.
  static func remove(_ path: String) throws(StageFailure) {
    guard let identity = FileIdentity(path) else { return }
    if identity.isFolder {
      try empty(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), path, depth: 0)
      guard rmdir(path) == 0 || errno == ENOENT else { throw .system(errno, "\(path) could not be removed") }
    } else {
      guard unlink(path) == 0 || errno == ENOENT else { throw .system(errno, "\(path) could not be removed") }
    }
  }

  /// Levels: a job's tree has four; what people add may go deeper, but not so deep that descriptors run out.
  private static let deepest = 64

  /// Takes over the descriptor.
  private static func empty(_ descriptor: Int32, _ path: String, depth: Int) throws(StageFailure) {
    let what = "\(path) could not be emptied"
    guard descriptor >= 0 else { throw .system(errno, what) }
    defer { close(descriptor) }
    guard depth < deepest else { throw StageFailure(.inputOutput, "\(path) is nested too deep to be removed.") }
    // A copy, since reading the names takes the descriptor over.
    let reading = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard reading >= 0 else { throw .system(errno, what) }
    for name in try names(ofOpen: reading) {
      if unlinkat(descriptor, name, 0) == 0 || errno == ENOENT { continue }
      guard errno == EISDIR || errno == EPERM else { throw .system(errno, what) }
      let child = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      try empty(child, path + "/" + name, depth: depth + 1)
      guard unlinkat(descriptor, name, AT_REMOVEDIR) == 0 || errno == ENOENT else { throw .system(errno, what) }
    }
  }

  /// Takes over the descriptor.
  private static func names(ofOpen descriptor: Int32) throws(StageFailure) -> [String] {
    guard let stream = fdopendir(descriptor) else {
      let code = errno
      close(descriptor)
      throw .system(code, "A folder could not be read")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .system(errno, "A folder could not be read") }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
