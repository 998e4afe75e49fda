import EventLoop
import HTTPServer

/// Serves the files of a folder. A route's path is decoded once; that it stays within the folder is the kernel's
/// promise.
///
///     router.on(.get, "/files/{path...}") { try await files.answer($0, path: $0.parameter("path")) }
struct StaticFiles: Sendable {
  private let folder: FileFolder
  private let pool: BlockingPool
  private let index: String?

  /// - Parameters:
  ///   - path: the folder.
  ///   - index: the file that stands for a path that is empty or ends with a slash.
  ///   - pool: where files are opened, which waits for the disk.
  init(folder path: String, index: String? = "index.html", pool: BlockingPool) throws(LoopFailure) {
    folder = try FileFolder(path: path)
    self.pool = pool
    self.index = index
  }

  /// - Throws: `HTTPFailure` 404, also for what may not be served: a refusal would tell that it is there.
  func answer(_ request: Request, path: String) async throws -> Response {
    let missing = HTTPFailure(.notFound, "not_found", "There is no such file.")
    var path = path
    if path.isEmpty || path.hasSuffix("/"), let index { path += index }
    do {
      let wanted = path
      guard let file = try await pool.run({ [folder] in try folder.open(wanted) }) else { throw missing }
      return try .file(FileResource(file, type: MediaType.ofFile(named: path)), for: request)
    } catch let failure as LoopFailure where failure.code == .refusedPath {
      throw missing
    }
  }
}
