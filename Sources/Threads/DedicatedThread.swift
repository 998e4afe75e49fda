import CLinux
import Glibc

/// A thread of its own for work that waits in system calls, so that it holds none of Swift's few.
package enum DedicatedThread {
  /// Starts a thread that runs `body` once. Signals of the process are left to the other threads, and a broken pipe is an
  /// error of the call that met it.
  ///
  /// - Parameter name: shown by `top -H`; Linux keeps 15 bytes.
  package static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(ThreadFailure) {
    let work = Unmanaged.passRetained(ThreadWork(name: name, body: body))
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
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
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
  // A thread without its name does the same work.
  _ = clinux_name_thread(work.name)
  work.body()
  return nil
}
