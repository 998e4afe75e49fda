import Testing

@testable import Threads

@Suite("A thread of an actor's own", .timeLimit(.minutes(10)))
struct SerialThreadTests {
  private actor Diary {
    private let thread: SerialThread
    private(set) var entries: [Int] = []
    private(set) var names: Set<String> = []

    init(_ thread: SerialThread) { self.thread = thread }

    deinit { thread.stop() }

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    func note(_ number: Int) {
      entries.append(number)
      names.insert(ThreadName.current)
    }
  }

  @Test("the actor's work runs there, one after the other, whoever calls")
  func oneThread() async throws {
    let diary = Diary(try SerialThread.start("diary"))
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<200 { group.addTask { await diary.note(number) } }
    }
    #expect(await diary.entries.sorted() == Array(0..<200))
    #expect(await diary.names == ["diary"])
  }

  @Test("one caller's calls keep their order")
  func order() async throws {
    let diary = Diary(try SerialThread.start("diary"))
    for number in 0..<100 { await diary.note(number) }
    #expect(await diary.entries == Array(0..<100))
  }

  @Test("what was handed in before it is stopped still runs, also where the actor goes meanwhile")
  func stopped() async throws {
    let tasks = try handIn(20)
    var sum = 0
    for task in tasks { sum += await task.value }
    #expect(sum == (0..<20).reduce(0, +))
  }

  /// Whose actor only its work knows.
  private func handIn(_ count: Int) throws -> [Task<Int, Never>] {
    let diary = Diary(try SerialThread.start("diary"))
    return (0..<count).map { number in
      Task {
        await diary.note(number)
        return number
      }
    }
  }
}
