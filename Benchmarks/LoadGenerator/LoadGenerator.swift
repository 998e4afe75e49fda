import EventLoop
import Glibc

/// Loads a server and tells what came of it, as one line of JSON.
///
///     load-generator requests ADDRESS CONNECTIONS SECONDS [PATH]    how many small requests a second, and how late the
/// last
///     load-generator sockets ADDRESS COUNT BROADCASTS PID            many WebSockets at /watch, told the same by
/// /broadcast
///     load-generator floor ADDRESS                                   answers anything with a fixed response, unparsed:
///                                                                    what sockets and loop cost by themselves
@main
struct LoadGenerator {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count >= 2 else { return usage() }
    let address = try SocketAddress(parsing: arguments[1])
    OpenFileLimit.raise()
    let loop = try EventLoop.start()
    switch arguments[0] {
    case "floor":
      try FixedResponder.start(at: address, on: loop)
      try await loop.sleep(for: .seconds(3600))
    case "requests" where arguments.count >= 4:
      guard let connections = Int(arguments[2]), let seconds = Double(arguments[3]) else { return usage() }
      let load = try RequestLoad(
        address, connections: connections, path: arguments.count > 4 ? arguments[4] : "/", loop: loop)
      print(try await load.run(for: .milliseconds(Int(seconds * 1000))))
    case "sockets" where arguments.count >= 5:
      guard let count = Int(arguments[2]), let broadcasts = Int(arguments[3]) else { return usage() }
      print(try await SocketLoad(address, count: count, process: arguments[4], loop: loop).run(broadcasts: broadcasts))
    default:
      usage()
    }
  }

  private static func usage() {
    print("usage: load-generator requests ADDRESS CONNECTIONS SECONDS [PATH]")
    print("       load-generator sockets ADDRESS COUNT BROADCASTS PID")
    print("       load-generator floor ADDRESS")
    exit(64)
  }
}
