extension EventLoop {
  package func enqueue(_ job: consuming ExecutorJob) {
    wakeIfNeeded(inbox.add(job: UnownedJob(job)))
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  package func checkIsolated() {
    precondition(isCurrent, "this must be called on the event loop's thread")
  }

  package func isIsolatingCurrentContext() -> Bool? { isCurrent }
}
