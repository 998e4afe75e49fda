import EventLoop
import HTTPServer
import Logging
import Synchronization

/// What one server counts and can tell of itself.
package final class Telemetry: Sendable {
  package let loop: LoopMetrics
  let registry: MetricRegistry
  let observer: ServerInstruments
  /// Seconds since 1970.
  package let started: Double
  private let http = Mutex<ServerMetrics?>(nil)
  private let sources = Mutex<[@Sendable (inout MetricsPage) async -> Void]>([])

  init(loop: LoopMetrics, started: Double, logger: Logger) {
    registry = .shared
    self.loop = loop
    self.started = started
    observer = ServerInstruments(logger: logger)
  }

  /// The HTTP server's own counts, once there is one.
  package var server: ServerMetrics? {
    get { http.withLock { $0 } }
    set { http.withLock { $0 = newValue } }
  }

  /// Adds what is only read when somebody asks.
  package func add(_ source: @escaping @Sendable (inout MetricsPage) async -> Void) {
    sources.withLock { $0.append(source) }
  }

  /// The answer of `/metrics`.
  func page() async -> MetricsPage {
    var page = MetricsPage(registry)
    page.set("sheaf_process_start_time_seconds", started)
    page.set("sheaf_event_loop_lag_seconds", loop.lag.snapshot())
    page.set("sheaf_event_loop_slow_activities_total", loop.slowActivities.value)
    page.set("sheaf_event_loop_turns_total", loop.turns.value)
    if let server { Self.tell(server, &page) }
    for source in sources.withLock({ $0 }) { await source(&page) }
    return page
  }

  private static func tell(_ server: ServerMetrics, _ page: inout MetricsPage) {
    page.set("sheaf_http_connections", server.connections.value)
    page.set("sheaf_http_connections_accepted_total", server.accepted.value)
    page.set("sheaf_http_connections_refused_total", server.refused.value)
    page.set("sheaf_http_connections_timed_out_total", server.timeouts.value)
    page.set("sheaf_http_malformed_requests_total", server.malformed.value)
    page.set("sheaf_http_received_bytes_total", server.bytesReceived.value)
    page.set("sheaf_http_sent_bytes_total", server.bytesSent.value)
    page.set("sheaf_websocket_subscribers", server.webSockets.value)
    page.set("sheaf_websocket_messages_received_total", server.messagesReceived.value)
    page.set("sheaf_websocket_frames_sent_total", server.framesSent.value)
    page.set("sheaf_websocket_frames_dropped_total", server.framesDropped.value)
    page.set("sheaf_websocket_frames_coalesced_total", server.framesCoalesced.value)
    page.set("sheaf_websocket_slow_clients_total", server.slowClients.value)
    page.set("sheaf_websocket_dead_peers_total", server.deadPeers.value)
    page.set("sheaf_websocket_ping_round_trip_seconds", server.pingRoundTrip.snapshot())
  }
}
