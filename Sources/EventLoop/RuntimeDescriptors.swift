/// The descriptors that the Swift runtime itself needs: an epoll, an event and a timer descriptor, which libdispatch
/// opens when its first thread starts and when a task first sleeps.
package enum RuntimeDescriptors {
  /// Has them opened now, while there are some to be had: libdispatch ends the process where it gets none, so clients
  /// who take all of them before would end a server that has only just started.
  package static func open() async {
    await Task.detached {
      // Cancelled before it has slept, nothing is lost but the head start of the timer.
      try? await Task.sleep(for: .milliseconds(1))
    }.value
  }
}
