import Glibc
import Testing
import WorkerChannel

@Suite(.timeLimit(.minutes(10)))
struct ProcessClockTests {
  @Test("CPU time and memory of a running worker are seen from outside, whatever its name")
  func runningWorker() async throws {
    let process = try await PythonWorker.spawn(
      """
      open("/proc/self/comm", "w").write("a) 1 2 (b")
      send(b"idle")
      receive()
      block = bytearray(b"x") * (64 << 20)
      end = time.process_time() + 0.5
      while time.process_time() < end: pass
      send(b"worked")
      receive()
      """)
    _ = try process.channel.receive()
    let idle = try #require(ProcessClock.cpuSeconds(process.pid))
    let small = try #require(ResidentMemory.of(process.pid))
    #expect(idle < 0.4)
    #expect((1 << 20)..<(60 << 20) ~= small)
    try process.channel.send([])
    _ = try process.channel.receive()
    let worked = try #require(ProcessClock.cpuSeconds(process.pid))
    // The clock ticks every 10 ms.
    #expect(0.48..<5 ~= worked)
    #expect(try #require(ResidentMemory.of(process.pid)) >= small + 60 << 20)
    process.kill()
    _ = try process.wait()
    #expect(ProcessClock.cpuSeconds(process.pid) == nil)
    #expect(ResidentMemory.of(process.pid) == nil)
  }
}
