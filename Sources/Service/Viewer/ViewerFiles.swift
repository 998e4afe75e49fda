import Foundation

/// The viewer's files by their paths: `index.html`, `css/base.css`, `js/view/home.mjs`.
///
/// A path is looked up as a key and never opened, so none leads elsewhere.
struct ViewerFiles: Sendable {
  /// Files and bytes beyond which a folder is not the viewer's.
  private static let mostFiles = 500
  private static let mostBytes = 8 << 20
  private static let kinds: Set<String> = ["html", "css", "mjs", "js", "svg", "png", "woff2"]

  private let files: [String: ViewerFile]

  /// Reads a folder. Blocks for the disk.
  ///
  /// - Throws: `Unusable` for a folder that is not the viewer's.
  init(folder: String) throws {
    var files: [String: ViewerFile] = [:]
    var bytes = 0
    let root = URL(fileURLWithPath: folder, isDirectory: true)
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
      let file = root.appendingPathComponent(path)
      guard Self.kinds.contains(file.pathExtension), !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
        try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
      else { continue }
      let content = Array(try Data(contentsOf: file))
      bytes += content.count
      guard files.count < Self.mostFiles, bytes <= Self.mostBytes else {
        throw Unusable(description: "\(folder) holds more than a viewer")
      }
      files[path] = ViewerFile(content, named: path)
    }
    guard files["index.html"] != nil else { throw Unusable(description: "\(folder) has no index.html") }
    self.files = files
  }

  subscript(path: String) -> ViewerFile? { files[path] }

  var count: Int { files.count }

  struct Unusable: Error, CustomStringConvertible {
    let description: String
  }
}
