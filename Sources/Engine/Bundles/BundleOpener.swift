import CanonicalJSON
import Checkpoints
import Foundation
import Ledger
import Logging
import StageKit
import Synchronization
import WorkerChannel

#if canImport(Glibc)
  import Glibc
#endif

/// Opens bundles that anybody may have made: in a worker, and what comes out is checked again here.
package struct BundleOpener: Sendable {
  private let program: WorkerProgram
  private let logger: Logger

  package init(_ program: WorkerProgram, logger: Logger) {
    self.program = program
    self.logger = logger
  }

  /// - Parameter folder: an empty one that the caller removes.
  /// - Throws: `StageFailure` with `bundle_invalid` that says what is wrong, or `input_not_found`.
  package func open(_ path: String, into folder: String) async throws -> OpenBundle {
    let bundle = try Self.openFile(path)
    let limits = BundleLimits(
      archiveBytes: try bundle.withDescriptor { Int(FileIdentity(descriptor: $0)?.length ?? 0) })
    let desk = Desk(bundle: bundle, folder: folder)
    _ = try await BundleConversation(program: program, logger: logger).run(
      "unpack", .unpack(limits: limits), limits: Self.limits(limits), open: desk.open)
    let files = desk.files
    return try await BlockingWork.run { try OpenBundle(files: files, limits: limits) }
  }

  private static func openFile(_ path: String) throws -> OwnedDescriptor {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw StageFailure(
        .inputNotFound, "The bundle \(path) cannot be read: \(String(cString: strerror(errno))).",
        hint: "Check the name.")
    }
    let owned = OwnedDescriptor(adopting: descriptor)
    guard FileIdentity(descriptor: descriptor)?.isPlain == true else {
      throw StageFailure(.inputNotFound, "\(path) is no file.", hint: "Check the name.")
    }
    return owned
  }

  /// Ten megabytes a second are slow; with a window of 128 MB, zstd's largest that libarchive takes, a tenth of the
  /// memory is used.
  private static func limits(_ limits: BundleLimits) -> UnitLimits {
    let seconds = 60 + Double(limits.totalBytes) / 10e6
    return UnitLimits(cpuSeconds: seconds, wallSeconds: seconds * 10, residentBytes: 1 << 30)
  }

  /// Gives the worker empty files for names of the bundle's grammar, each once.
  private final class Desk: Sendable {
    private let bundle: OwnedDescriptor
    private let folder: String
    private let outputs = Mutex<[BundlePath: String]>([:])

    init(bundle: OwnedDescriptor, folder: String) {
      self.bundle = bundle
      self.folder = folder
    }

    var files: [BundlePath: String] { outputs.withLock { $0 } }

    func open(_ request: BundleRequest) throws -> OwnedDescriptor {
      switch request {
      case .bundle: return bundle
      case .output(let name):
        let path = try outputs.withLock { outputs in
          guard outputs[name] == nil, outputs.count < Self.mostFiles else {
            throw StageFailure.bundle("It has a name twice, or too many files.")
          }
          // By number: no name of a stranger's becomes part of a path.
          let path = "\(folder)/\(outputs.count)"
          outputs[name] = path
          return path
        }
        return try BundleExporter.open(path, O_WRONLY | O_CREAT | O_EXCL, "A file could not be unpacked")
      default: throw StageFailure.bundle("The worker asked for what it may not have.")
      }
    }

    /// More than a manifest of the longest kind can name.
    private static let mostFiles = 1_000_000
  }
}

extension FileIdentity {
  fileprivate var isPlain: Bool { !isFolder && length > 0 }
}
