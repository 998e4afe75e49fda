import CLinux
import Glibc
import Synchronization

/// Frames over a connected stream socket: a big-endian length of four bytes, then as many bytes, and with each
/// frame perhaps one open descriptor (SCM_RIGHTS).
///
/// One thread receives; any thread may send, whole frames at a time. A stream socket rather than SEQPACKET, because
/// the kernel refuses packets beyond the socket's buffer (about 200 kB) and frames reach megabytes.
package final class FrameChannel: Sendable {
  /// Longest frame that a channel carries unless told otherwise, in bytes: checkpoints travel as descriptors, so
  /// only orders and reports pass here.
  package static let defaultMaximumFrameLength = 16 * 1024 * 1024

  package let maximumFrameLength: Int
  let socket: OwnedDescriptor
  let incoming: Mutex<FrameAssembly>
  let isSendingBroken = Mutex(false)

  /// Takes charge of a connected stream socket.
  package init(adopting socket: OwnedDescriptor, maximumFrameLength: Int = defaultMaximumFrameLength) {
    self.socket = socket
    self.maximumFrameLength = maximumFrameLength
    incoming = Mutex(FrameAssembly(maximumLength: maximumFrameLength))
  }

  /// Two channels that are each other's ends.
  package static func pair(maximumFrameLength: Int = defaultMaximumFrameLength) throws(ChannelFailure)
    -> (FrameChannel, FrameChannel)
  {
    let (left, right) = try descriptorPair()
    return (
      FrameChannel(adopting: left, maximumFrameLength: maximumFrameLength),
      FrameChannel(adopting: right, maximumFrameLength: maximumFrameLength)
    )
  }

  /// Who is at the other end: of a socket pair, the process that made it.
  package func peer() throws(ChannelFailure) -> PeerCredentials {
    var process: pid_t = 0
    var user: uid_t = 0
    try socket.lend { (descriptor) throws(ChannelFailure) in
      _ = try ChannelFailure.checking(
        clinux_peer(descriptor, &process, &user), "getsockopt", during: "ask who the peer is")
    }
    return PeerCredentials(process: process, user: user)
  }

  /// Tells the peer that nothing more will be sent: it reads a clean end. Receiving goes on.
  package func endSending() { shutDown(SHUT_WR) }

  /// Ends both directions. What has arrived already can still be received; then comes the end, even if somebody
  /// unknown holds the other end open. A send that waits fails with `peerClosed`.
  package func end() { shutDown(SHUT_RDWR) }

  private func shutDown(_ direction: Int) {
    // It fails only when the connection has ended already, which is what was wanted.
    _ = try? socket.lend { shutdown($0, Int32(direction)) }
  }

  static func descriptorPair() throws(ChannelFailure) -> (OwnedDescriptor, OwnedDescriptor) {
    var ends: [Int32] = [-1, -1]
    try ChannelFailure.checking(clinux_socket_pair(&ends), "socketpair", during: "make a channel")
    let right = OwnedDescriptor(adopting: ends[1])
    return (OwnedDescriptor(adopting: ends[0]), right)
  }
}
