import CEventLoop
import Glibc

/// A socket that takes connections, on TCP or in the file system. Whoever holds it closes it, once.
package struct ListeningSocket: Sendable {
  /// What came of asking for the next connection.
  package enum Acceptance: Sendable {
    case connection(StreamSocket, peer: SocketAddress)
    case none
    /// The process or the system has no descriptor left.
    case outOfDescriptors
    /// This one connection failed; the next may not.
    case failed
  }

  package let descriptor: Int32
  /// Where it listens, with the port that the system chose if none was asked for.
  package let address: SocketAddress

  /// - Throws: `LoopFailure.Code.system`, e.g. for an address that is in use.
  package init(_ wanted: SocketAddress, backlog: Int = 4096) throws(LoopFailure) {
    let step = "listen on \(wanted)"
    let backlog = Int32(clamping: backlog)
    switch wanted {
    case .ip(let ip, let port):
      descriptor = try LoopFailure.check(
        cloop_listen_ip(ip.isIPv6 ? 6 : 4, ip.bytes, port, backlog), "bind", during: step,
        hint: "is another server there already?")
      var local = cloop_peer()
      address = cloop_local_address(descriptor, &local) < 0 ? wanted : SocketAddress(local)
    case .unix(let path):
      var result = cloop_listen_unix(path, backlog)
      if result == -EADDRINUSE, Self.isLeftBehind(path), unlink(path) == 0 {
        result = cloop_listen_unix(path, backlog)
      }
      descriptor = try LoopFailure.check(
        result, "bind", during: step,
        hint: "is another server there already, or a file that is no socket? The path may have 107 bytes")
      address = wanted
    }
  }

  /// Whether a path is a socket at which nobody listens any more: one that a killed process left behind.
  private static func isLeftBehind(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return false }
    let result = cloop_connect_unix(path)
    // Somebody took the connection, or has so many waiting that they cannot.
    if result >= 0 { _ = cloop_close(result) }
    return result == -ECONNREFUSED
  }

  package func accept() -> Acceptance {
    var peer = cloop_peer()
    let result = cloop_accept(descriptor, &peer)
    if result >= 0 { return .connection(StreamSocket(descriptor: result), peer: SocketAddress(peer)) }
    switch -result {
    case EAGAIN: return .none
    case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .outOfDescriptors
    default: return .failed
    }
  }

  /// Closes, and removes a Unix socket from its folder.
  package func close() {
    _ = cloop_close(descriptor)
    if case .unix(let path) = address { unlink(path) }
  }
}
