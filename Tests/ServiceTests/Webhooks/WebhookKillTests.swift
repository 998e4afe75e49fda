import Checkpoints
import EventLoop
import Foundation
import HTTPServer
import Ledger
import Synchronization
import TestSupport
import Testing

@testable import Service

/// The real server, killed while it delivers.
@Suite("A server that is killed", .timeLimit(.minutes(10)))
struct WebhookKillTests {
  private static let program: String = {
    // A test program always has a path; the build puts sheaf beside it.
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("sheaf").path
  }()

  private func serve(_ folder: DataFolder) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = [
      "serve", "--listen", "127.0.0.1:0", "--data", folder.path, "--set",
      "outbound.allowed_networks=127.0.0.0/8",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(ServerProcess.nearlyFullDisk) { $1 }
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    return process
  }

  @Test("a webhook on its way when the server is killed is delivered by the next one")
  func killed() async throws {
    let receiver = try await Receiver { _, number in
      if number == 1 { try await Task.sleep(for: .seconds(300)) }
      return Response(.ok)
    }
    let place = try LedgerPlace()
    let job = try await place.submit(
      webhook: WebhookTarget(url: receiver.url, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    try await place.finish(job)
    try await place.ledger.close()

    let first = try serve(place.folder)
    await receiver.wait(for: 1)
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()

    let second = try serve(place.folder)
    defer {
      kill(second.processIdentifier, SIGKILL)
      second.waitUntilExit()
    }
    await receiver.wait(for: 2)
    let reader = try SQLiteLedgerReader(path: place.folder.ledger)
    var state: DeliveryState?
    while state != .delivered {
      state = try await reader.deliveries(of: job).first?.delivery.state
      try await Task.sleep(for: .milliseconds(20))
    }
    let arrivals = receiver.arrivals
    #expect(arrivals[0].headers["webhook-id"] == arrivals[1].headers["webhook-id"])
    #expect(arrivals[0].body == arrivals[1].body)
  }
}
