import CanonicalJSON
import Checkpoints
import Engine
import Foundation
import HTTPServer
import StageKit

#if canImport(Glibc)
  import Glibc
#endif

/// Hands bundles to the server that has the data folder.
struct BundleUpload {
  /// Whether jobs get new ids rather than their own.
  let renamed: Bool

  /// Sends a bundle as it is read.
  ///
  /// - Throws: `StageFailure` with `input_not_found`, and what the server refuses.
  func send(_ path: String, to link: ServerLink) async throws -> BundleAdoption {
    let source = try UploadSource(try Self.open(path))
    var request = ClientRequest(.post, "/api/v1/bundles?new_id=\(renamed ? 1 : 0)")
    request.headers["Content-Type"] = "application/octet-stream"
    let answer = try await link.json(of: request, from: source)
    guard let job = answer["job"]?.string.flatMap({ JobID($0) }), let name = answer["name"]?.string,
      let isNew = answer["is_new"]?.bool, let units = answer["units"]?.int, let shared = answer["shared"]?.int
    else {
      throw StageFailure(.inputOutput, "The server did not say what came of it.", hint: "sheaf jobs shows it.")
    }
    return BundleAdoption(job: job, name: name, isNew: isNew, units: units, shared: shared)
  }

  private static func open(_ path: String) throws -> Int32 {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw StageFailure(
        .inputNotFound, "The bundle \(path) cannot be read: \(String(cString: strerror(errno))).",
        hint: "Check the name.")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw StageFailure(.inputNotFound, "\(path) is no file.", hint: "Check the name.")
    }
    return descriptor
  }
}
