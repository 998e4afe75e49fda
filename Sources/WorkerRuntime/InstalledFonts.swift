import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// The installed fonts: what a document without embedded ones is drawn with.
enum InstalledFonts {
  private static let root = "/usr/share/fonts"
  /// Levels of folders; a fonts folder has three.
  private static let deepest = 16

  /// The digest of the files' names and sizes. Looked at entry by entry: Foundation's enumerator asks for each file's
  /// owner and extended attributes, which takes as long as starting all the rest of a worker.
  static func digest(in root: String = root) -> Digest {
    var lines: [String] = []
    walk(root, below: "", depth: 0, into: &lines)
    return Digest(of: Array(lines.sorted().joined(separator: "\n").utf8))
  }

  /// - Parameter prefix: what the names in the folder are preceded by: empty, or a path that ends with a slash.
  private static func walk(_ folder: String, below prefix: String, depth: Int, into lines: inout [String]) {
    // A folder that cannot be read holds no fonts that could be used.
    guard depth < deepest, let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name != ".", name != ".." else { continue }
      var status = stat()
      guard fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: walk("\(folder)/\(name)", below: "\(prefix)\(name)/", depth: depth + 1, into: &lines)
      case S_IFREG: lines.append("\(prefix)\(name) \(status.st_size)")
      default: continue
      }
    }
  }
}
