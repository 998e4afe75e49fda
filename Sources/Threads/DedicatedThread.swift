import CLinux
import Glibc

/// A thread of its own for work that waits in system calls, so that it holds none of Swift's few.
package enum DedicatedThread {
  /// Starts a thread that runs `body` once. Signals of the process are left to the other threads, and a broken pipe is an
  /// error of the call that met it.
  ///
  /// - Parameters:
  ///   - name: shown by `top -H`; Linux keeps 15 bytes.
  ///   - niceness: by how much more than its starter it gives way to other threads.
  package static func start(
    _ name: String, niceness: Int32 = 0, _ body: @escaping @Sendable () -> Void
  ) throws(ThreadFailure) {
    let work = Unmanaged.passRetained(ThreadWork(name: name, niceness: niceness, body: body))
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, threadMain, work.toOpaque())
    guard code == 0 else {
      work.release()
      throw ThreadFailure(name: name, errno: code)
    }
    pthread_detach(thread)
  }
}

private final class ThreadWork: Sendable {
  let name: String
  let niceness: Int32
  let body: @Sendable () -> Void

  init(name: String, niceness: Int32, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.niceness = niceness
    self.body = body
  }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // start() always passes the work, retained once.
  guard let argument else { return nil }
  let work = Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue()
  var everySignal = sigset_t()
  sigfillset(&everySignal)
  pthread_sigmask(SIG_BLOCK, &everySignal, nil)
  // A thread without its name, or as quick as the others, does the same work.
  _ = clinux_name_thread(work.name)
  if work.niceness > 0 { _ = clinux_make_thread_nicer(work.niceness) }
  work.body()
  return nil
}
