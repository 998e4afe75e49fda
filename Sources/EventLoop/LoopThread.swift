import CEventLoop
import Glibc

/// A thread of its own, so that what waits in system calls holds none of Swift's few.
enum LoopThread {
  /// Starts a thread that runs `body` once.
  static func start(_ name: String, _ body: @escaping @Sendable () -> Void) throws(LoopFailure) {
    let work = Unmanaged.passRetained(ThreadBody(name: name, body: body))
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, threadEntry, work.toOpaque())
    guard code == 0 else {
      work.release()
      throw LoopFailure(
        .system(call: "pthread_create", errno: code), during: "start the thread \(name)",
        hint: "raise the limit on threads (ulimit -u)")
    }
    pthread_detach(thread)
  }
}

private final class ThreadBody: Sendable {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func threadEntry(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  // start() always passes the body, retained once.
  guard let argument else { return nil }
  let work = Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue()
  // A thread without its name does the same work. Linux refuses names of more than 15 bytes.
  _ = cloop_name_thread(String(decoding: work.name.utf8.prefix(15), as: UTF8.self))
  // A client that goes away while it is sent a file is an error of that send and not the end of the process.
  // The call fails only for a mistake in its arguments, which are constant.
  _ = cloop_block_broken_pipe()
  work.body()
  return nil
}
