import Glibc
import Threads

/// One thread that waits for descriptors, timers and jobs, and runs what they wake: a reactor on epoll.
///
/// It is a `SerialExecutor`: an actor that returns it from `unownedExecutor` has the loop's thread as its isolation, so
/// what the loop calls on that thread may enter the actor with `assumeIsolated`, without a hop. It is a `TaskExecutor`
/// too: `Task(executorPreference: loop)` runs its nonisolated code there.
///
/// Whatever runs here must be brief. What waits for a disk or computes for long belongs to a `BlockingPool`.
package final class EventLoop: SerialExecutor, TaskExecutor, @unchecked Sendable {
  // Proof of Sendable: `inbox`, `metrics` and the poller's wake-up are made for every thread. The rest of the mutable
  // state is touched by the loop's own thread only, which every entry point checks or has by being called from `turn`.

  package let metrics = LoopMetrics()
  package let clock: any LoopClock

  let inbox = LoopInbox()
  let poller: Poller
  let monitor: LagMonitor
  let configuration: EventLoopConfiguration

  var timers = TimerQueue()
  var registrations: [Registration?] = []
  var lastGeneration: UInt32 = 0
  var batch: [ReadyEvent] = []
  var pendingAttention: [EventToken] = []
  private var arrivals = LoopInbox.Contents()
  private var thread = pthread_t()
  private var isStopping = false

  private init(_ configuration: EventLoopConfiguration) throws(LoopFailure) {
    self.configuration = configuration
    clock = configuration.clock
    poller = try Poller()
    monitor = LagMonitor(limits: configuration.lagLimits, metrics: metrics, onLag: configuration.onLag)
    batch.reserveCapacity(Poller.batch)
  }

  /// Starts a loop on a thread of its own. It runs until `stop`.
  ///
  /// - Throws: `LoopFailure.Code.system` where there is no descriptor or thread to be had.
  package static func start(_ configuration: EventLoopConfiguration = .init()) throws(LoopFailure) -> EventLoop {
    let loop = try EventLoop(configuration)
    let up = StartSignal()
    do throws(ThreadFailure) {
      try DedicatedThread.start(configuration.name) {
        loop.thread = pthread_self()
        up.signal()
        loop.run()
      }
    } catch {
      throw LoopFailure(
        .system(call: "pthread_create", errno: error.errno), during: "start the thread \(error.name)",
        hint: ThreadFailure.hint)
    }
    // Until then nobody may ask whether it is on the loop's thread.
    up.wait()
    return loop
  }

  /// Whether the caller is on the loop's thread.
  package var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

  /// Ends the loop after what has arrived so far. Jobs that come later never run: finish the work first.
  package func stop() {
    execute { [self] in isStopping = true }
  }

  /// Runs `action` on the loop's thread in one of the next turns; in order with other actions. From any thread.
  package func execute(_ action: @escaping @Sendable () -> Void) {
    wakeIfNeeded(inbox.add(action: action))
  }

  /// Names what is running, for the lag report; until the present activity ends. On the loop's thread only.
  ///
  /// Taken in two parts, which are put together only if the activity turns out to be too long.
  package func describeActivity(_ text: String, _ more: String = "") {
    monitor.describe(text, more)
  }

  func wakeIfNeeded(_ isFirst: Bool) {
    // On its own thread the loop looks at the inbox before it waits.
    if isFirst, !isCurrent { poller.wake() }
  }

  /// Makes the loop look at its clock again: for a test that moved it.
  package func wake() {
    wakeIfNeeded(inbox.isFirstArrival())
  }

  private func run() {
    scheduleHeartbeat()
    while !isStopping { turn() }
    // Whoever waits for a timer or a descriptor of a stopped loop waits in vain, but what has arrived is still run.
    runArrivals()
    registrations.removeAll()
    timers = TimerQueue()
  }

  private func turn() {
    monitor.start(at: clock.now)
    runArrivals()
    runTimers()
    giveAttention()
    let count = poller.wait(timeout: timeout())
    metrics.turns.add()
    monitor.start(at: clock.now)
    dispatch(count)
  }

  private func runArrivals() {
    guard !inbox.isEmpty else { return }
    inbox.take(into: &arrivals)
    let executor = asUnownedSerialExecutor()
    let taskExecutor = asUnownedTaskExecutor()
    for job in arrivals.jobs {
      job.runSynchronously(isolatedTo: executor, taskExecutor: taskExecutor)
      monitor.ended("task", at: clock.now)
    }
    for action in arrivals.actions {
      action()
      monitor.ended("action", at: clock.now)
    }
    pendingAttention.append(contentsOf: arrivals.attention)
    arrivals.jobs.removeAll(keepingCapacity: true)
    arrivals.actions.removeAll(keepingCapacity: true)
    arrivals.attention.removeAll(keepingCapacity: true)
  }

  private func runTimers() {
    guard let due = timers.nextDue else { return }
    let now = clock.now
    guard due <= now else { return }
    while let action = timers.takeDue(at: now) {
      action()
      monitor.ended("timer", at: clock.now)
    }
  }

  /// Milliseconds until there is something to do, rounded up: a timer must not be met too early.
  private func timeout() -> Int32 {
    guard inbox.isEmpty, pendingAttention.isEmpty, !isStopping else { return 0 }
    guard let due = timers.nextDue else { return -1 }
    let left = due.since(clock.now).nanoseconds
    guard left > 0 else { return 0 }
    return Int32(clamping: (left + 999_999) / 1_000_000)
  }

  private func scheduleHeartbeat() {
    let due = clock.now.advanced(by: configuration.lagLimits.heartbeat)
    _ = timers.add(due: due) { [unowned self] in
      monitor.heartbeat(late: clock.now.since(due))
      scheduleHeartbeat()
    }
  }
}
