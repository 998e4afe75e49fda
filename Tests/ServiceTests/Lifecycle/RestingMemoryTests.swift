import Testing
import WorkerChannel

@testable import Service

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Memory at rest", .serialized)
struct RestingMemoryTests {
  @Test("is less by what the program's files took, and nothing that was changed is lost")
  func release() throws {
    var kept = (0..<1_000).map { "\($0)" }
    let released = RestingMemory.release()
    // The program of the tests alone has tens of megabytes of code.
    #expect(released > 1 << 20)
    kept.append("more")
    #expect(kept.count == 1_001 && kept[999] == "999")
    #expect(RestingMemory.release() < released)
  }
}
