import Glibc

/// Who is at the other end of a socket, as the kernel recorded it when the two were connected.
package struct PeerCredentials: Sendable, Hashable {
  package let process: pid_t
  package let user: uid_t

  package init(process: pid_t, user: uid_t) {
    self.process = process
    self.user = user
  }
}
