import CEventLoop
import Glibc

/// A stream socket that never blocks: a number and the calls on it. Whoever holds it closes it, once.
package struct StreamSocket: Hashable, Sendable {
  /// What a call achieved.
  package enum Progress: Hashable, Sendable {
    /// This many bytes; never 0.
    case moved(Int)
    /// Nothing for now: wait for readiness.
    case wouldBlock
    /// The stream, or the file, is at its end.
    case ended
    /// The connection is broken.
    case failed(errno: Int32)
  }

  package let descriptor: Int32

  package init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  package func receive(into buffer: UnsafeMutableRawBufferPointer) -> Progress {
    progress(cloop_receive(descriptor, buffer.baseAddress, buffer.count))
  }

  /// Buffers that `gather` sends with one call; Linux takes up to 1024, the gain ends earlier.
  private static let gatherLimit = 32

  /// Sends from several buffers with one call, as far as the socket takes them.
  ///
  /// - Parameter next: the buffer after the given number of them, valid until the call returns; nil at the end.
  package func gather(_ next: (Int) -> UnsafeRawBufferPointer?) -> Progress {
    withUnsafeTemporaryAllocation(of: iovec.self, capacity: Self.gatherLimit) { vectors in
      var count = 0
      while count < Self.gatherLimit, let buffer = next(count) {
        vectors[count] = iovec(iov_base: UnsafeMutableRawPointer(mutating: buffer.baseAddress), iov_len: buffer.count)
        count += 1
      }
      return progress(cloop_send(descriptor, vectors.baseAddress, Int32(count)))
    }
  }

  package func send(_ bytes: UnsafeRawBufferPointer) -> Progress {
    var buffer = iovec(iov_base: UnsafeMutableRawPointer(mutating: bytes.baseAddress), iov_len: bytes.count)
    return progress(cloop_send(descriptor, &buffer, 1))
  }

  /// Sends from a file without a copy through this process.
  package func send(file: OpenFile, from offset: Int64, count: Int) -> Progress {
    progress(cloop_send_file(descriptor, file.descriptor, offset, count))
  }

  private func progress(_ result: Int) -> Progress {
    switch result {
    case 1...: .moved(result)
    case 0: .ended
    case -Int(EAGAIN), -Int(EINTR): .wouldBlock
    default: .failed(errno: Int32(truncatingIfNeeded: -result))
    }
  }

  /// Says that no more will be sent; the other end reads on to the end of the stream.
  package func shutdownWriting() { _ = cloop_shutdown_writing(descriptor) }

  /// Ends both directions, which wakes whoever waits; the descriptor stays open.
  func shutdownBoth() { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Bounds what the kernel buffers of unsent bytes.
  package func setSendBuffer(bytes: Int) { _ = cloop_set_send_buffer(descriptor, Int32(clamping: bytes)) }

  package func close() { _ = cloop_close(descriptor) }

  /// Closes at once, throwing away what is unsent; the other end sees a reset.
  package func reset() { cloop_reset(descriptor) }

  /// Starts to connect; wait until the socket is writable, then ask for `connectionFailure`.
  package static func connect(to address: SocketAddress) throws(LoopFailure) -> StreamSocket {
    let result: Int32 =
      switch address {
      case .ip(let ip, let port): cloop_connect_ip(ip.isIPv6 ? 6 : 4, ip.bytes, port)
      case .unix(let path): cloop_connect_unix(path)
      }
    return StreamSocket(
      descriptor: try LoopFailure.check(
        result, "connect", during: "connect to \(address)", hint: "is the server running?"))
  }

  /// Why the connection that was started did not come about; nil if it did.
  package var connectionFailure: Int32? {
    let result = cloop_connect_result(descriptor)
    return result < 0 ? -result : nil
  }
}
