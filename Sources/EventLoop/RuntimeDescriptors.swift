/// The descriptors that the Swift runtime itself needs: an epoll, an event and a timer descriptor, which libdispatch
/// opens when its first thread starts and when a task first sleeps.
package enum RuntimeDescriptors {
  /// Has them opened now, while there are some to be had: libdispatch ends the process where it gets none, so clients
  /// who take all of them before would end a server that has only just started.
  package static func open() async {
    await Task.detached {
      // It can fail by being cancelled only, and nobody holds this task.
      try? await Task.sleep(for: .milliseconds(1))
    }.value
  }
}
