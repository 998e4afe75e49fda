import EventLoop
import Logging

extension Settings {
  package static let listen = ListSetting(
    "listen", default: ["127.0.0.1:8080"], bound: "addresses such as 127.0.0.1:8080, [::1]:8080 or unix:/path",
    "Where the server listens."
  ) { (try? SocketAddress(parsing: $0)) != nil }

  package static let data = TextSetting(
    "data", default: "", bound: "a path",
    "The data folder; empty means $XDG_DATA_HOME/sheaf, else ~/.local/share/sheaf.")

  package static let allowedHosts = ListSetting(
    "http.allowed_hosts", bound: "names without port",
    "Names that Host may have; empty allows the addresses listened at and localhost on loopback, any elsewhere.")

  package static let allowedOrigins = ListSetting(
    "http.allowed_origins", bound: "origins such as https://example.org",
    "Origins of other sites that may use the server from a browser."
  ) { $0.contains("://") }

  package static let trustedProxies = ListSetting(
    "http.trusted_proxies", bound: "networks such as 10.0.0.0/8",
    "Proxies whose X-Forwarded-For is believed."
  ) { IPNetwork($0) != nil }

  package static let connections = IntegerSetting(
    "http.connections", default: 20_000, in: 1...1_000_000, unit: "connections",
    "Connections at once; more are closed as they come.")

  package static let logLevel = TextSetting(
    "log.level", default: "info", bound: "trace, debug, info, notice, warning, error or critical", reloadable: true,
    "What is logged."
  ) { Logger.Level(rawValue: $0) != nil }

  package static let viewerFolder = TextSetting(
    "viewer.folder", default: "", bound: "a path",
    "The folder of the viewer's files; empty means web-static beside the program, else in ../share/sheaf.")

  static let server: [any Setting] = [
    listen, data, allowedHosts, allowedOrigins, trustedProxies, connections, logLevel, viewerFolder,
  ]
}
