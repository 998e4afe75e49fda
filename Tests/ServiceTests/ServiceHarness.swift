import CanonicalJSON
import Checkpoints
import Engine
import EventLoop
import Foundation
import HTTPServer
import Logging
import TestSupport

@testable import Service

/// A server over a folder of its own, with real sockets and real workers that obey the test's document.
final class ServiceHarness: Sendable {
  let temporary: TemporaryFolder
  let folder: DataFolder

  init() throws {
    temporary = try TemporaryFolder()
    folder = DataFolder(temporary.path + "/data")
  }

  /// Serves as long as the body runs.
  ///
  /// - Parameters:
  ///   - clock: what the server takes for the time.
  ///   - room: what it takes for the room on the disk; plenty, whatever this machine has left.
  @discardableResult
  func serve<Value: Sendable>(
    _ settings: [String: String] = [:], clock: any ServiceClock = WallClock(),
    room: @escaping DiskGauge.Measure = { _ in .plenty },
    _ body: @escaping @Sendable (ServiceClient) async throws -> Value
  ) async throws -> Value {
    var flags = settings.mapValues { [$0] }
    flags["listen"] = ["127.0.0.1:0"]
    let configuration = try await ConfigurationSource(flags: flags).load()
    let server = try SheafServer(
      configuration, folder: folder, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
      workerExecutable: Self.faultWorker, clock: clock, diskRoom: room)
    return try await server.run { addresses in
      guard let address = addresses.first else { throw CancellationError() }
      let loop = try EventLoop.start()
      defer { loop.stop() }
      return try await body(ServiceClient(HTTPClient(address, loop: loop), address: address, context: server.context))
    }
  }

  /// What lies in the folder of files on their way.
  func leftovers() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.temporary).filter { $0.contains("document") }
  }

  func documents() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.documents) }

  /// Beside the test program, where the build put it.
  static let faultWorker: String = {
    // A test program always has a path.
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("fault-worker").path
  }()
}

extension DiskRoom {
  static let plenty = DiskRoom(free: 1 << 40, size: 1 << 41)
}
