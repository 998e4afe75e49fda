import Checkpoints
import Foundation
import StageKit
import TestSupport
import Testing

@Suite("The lock of a data folder")
struct OwnerLockTests {
  let place: Workplace
  let mine = DataFolderOwner(id: "A", process: getpid(), program: "sheaf run")

  init() throws { place = try Workplace() }

  @Test("a second owner is told who has the folder; when the first lets go, it may have it")
  func secondOwner() throws {
    var first: OwnerLock? = try OwnerLock(
      place.data, owner: DataFolderOwner(id: "B", process: 4242, program: "sheaf serve"))
    #expect(try OwnerLock.record(in: place.data)?.process == 4242)
    let failure = #expect(throws: StageFailure.self) { _ = try OwnerLock(place.data, owner: mine) }
    #expect(failure?.code == .dataFolderOwned)
    #expect(failure?.message.contains("sheaf serve (process 4242)") == true)
    withExtendedLifetime(first) {}
    first = nil
    #expect(try OwnerLock.record(in: place.data) == nil)
    let second = try OwnerLock(place.data, owner: mine)
    #expect(try OwnerLock.record(in: place.data) == second.owner)
  }

  @Test("another process's lock is respected, and lost with that process even where it was killed")
  func otherProcess() throws {
    try place.write(#"{"id":"B","process":77,"program":"sheaf serve"}"#, to: place.data.lock)
    let ready = place.temporary.path + "/ready"
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
    holder.arguments = ["--no-fork", place.data.lock, "/bin/sh", "-c", ": > \(ready); exec sleep 60"]
    try holder.run()
    defer { holder.terminate() }
    while !FileManager.default.fileExists(atPath: ready), holder.isRunning { usleep(1000) }
    let failure = #expect(throws: StageFailure.self) { _ = try OwnerLock(place.data, owner: mine) }
    #expect(failure?.message.contains("sheaf serve (process 77)") == true)
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    #expect(try OwnerLock(place.data, owner: mine).owner == mine)
  }

  @Test("a child does not inherit it")
  func closeOnExec() throws {
    var lock: OwnerLock? = try OwnerLock(place.data, owner: mine)
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/bin/sleep")
    child.arguments = ["60"]
    try child.run()
    defer { child.terminate() }
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(child.isRunning)
    #expect(throws: Never.self) { _ = try OwnerLock(place.data, owner: mine) }
  }
}
