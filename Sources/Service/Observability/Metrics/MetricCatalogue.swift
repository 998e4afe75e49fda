/// Every metric of the server, in the order in which `/metrics` and docs/operations.md tell them.
package enum MetricCatalogue {
  package static let families: [MetricFamily] =
    process + loop + queue + work + storage + http + webSockets + upkeep

  private static let byName = Dictionary(uniqueKeysWithValues: families.map { ($0.name, $0) })

  package static func named(_ name: String) -> MetricFamily? { byName[name] }

  private static let process: [MetricFamily] = [
    .gauge("sheaf_build_info", "1, labelled with the version.", by: ["version"]),
    .gauge("sheaf_ready", "Whether the server takes work: 1, or 0 while it starts or stops."),
    .gauge("sheaf_process_start_time_seconds", "When the server started, in seconds since 1970."),
    .counter("sheaf_process_cpu_seconds_total", "Processor time of the server itself, without its workers."),
    .gauge("sheaf_process_resident_bytes", "Memory of the server itself, without its workers."),
    .gauge("sheaf_process_open_descriptors", "Open descriptors of the server."),
    .counter("sheaf_log_lines_total", "Lines of the log.", by: ["level"]),
    .counter("sheaf_log_lines_dropped_total", "Lines that were not logged: standard error took no more."),
    .counter("sheaf_log_requests_sampled_total", "Requests that were not logged since many alike were."),
  ]

  private static let loop: [MetricFamily] = [
    .histogram("sheaf_event_loop_lag_seconds", "How late the event loop's heartbeat came; 10 a second."),
    .counter("sheaf_event_loop_slow_activities_total", "Activities that kept the event loop for over 50 ms."),
    .counter("sheaf_event_loop_turns_total", "Turns of the event loop."),
    .gauge("sheaf_blocking_pool_waiting", "Pieces of work that wait for a thread that may wait for the disk."),
  ]

  private static let queue: [MetricFamily] = [
    .gauge("sheaf_queue_units", "Units that wait for a worker, and units that run.", by: ["state"]),
    .gauge("sheaf_queue_jobs", "Jobs that are worked on, and jobs that wait for room.", by: ["state"]),
    .gauge("sheaf_queue_pages", "Pages of unfinished jobs."),
    .gauge("sheaf_workers_target", "Worker processes that the load, the cores and the memory allow now."),
  ]

  private static let work: [MetricFamily] = [
    .counter(
      "sheaf_units_total",
      "Units by outcome: succeeded, reused, failed, timed_out, killed, interrupted, cancelled.",
      by: ["stage", "outcome"]),
    .histogram(
      "sheaf_unit_duration_seconds", "From the order to a worker to its result.", by: ["stage"],
      bounds: MetricFamily.long),
    .counter("sheaf_unit_cpu_seconds_total", "Processor time of the workers.", by: ["stage"]),
    .counter("sheaf_jobs_rested_total", "Jobs that came to rest, by the state they came to.", by: ["state"]),
    .counter("sheaf_worker_starts_total", "Worker processes started."),
    .counter(
      "sheaf_worker_recycles_total",
      "Worker processes replaced: worn after so many units, grown too large, or ended by a fault.", by: ["reason"]),
    .gauge("sheaf_worker_resident_bytes", "Memory of each worker after its last unit; 0 for none.", by: ["slot"]),
  ]

  private static let storage: [MetricFamily] = [
    .histogram(
      "sheaf_checkpoint_write_seconds", "Publishing the files of one unit: hashing, naming, forcing to the disk."),
    .histogram("sheaf_checkpoint_fsync_seconds", "One fsync of a file or a folder in the data folder."),
    .counter("sheaf_checkpoint_bytes_total", "Bytes of published files."),
    .histogram(
      "sheaf_ledger_batch_writes", "Writes that shared one transaction of the ledger.", bounds: MetricFamily.counts),
    .histogram("sheaf_ledger_commit_seconds", "One transaction of the ledger, with its fsync."),
    .histogram("sheaf_ledger_write_seconds", "A write to the ledger, from the call to durability."),
    .gauge("sheaf_disk_free_bytes", "Room left for the data folder."),
    .gauge("sheaf_disk_size_bytes", "Size of the file system of the data folder."),
  ]

  private static let http: [MetricFamily] = [
    .counter(
      "sheaf_http_requests_total", "Requests by template of the route; none where no route matched.",
      by: ["method", "route", "status"]),
    .histogram("sheaf_http_request_duration_seconds", "From the head to the last byte of the answer.", by: ["route"]),
    .gauge("sheaf_http_connections", "Open connections, WebSockets among them."),
    .counter("sheaf_http_connections_accepted_total", "Connections accepted."),
    .counter("sheaf_http_connections_refused_total", "Connections closed as they came: too many."),
    .counter("sheaf_http_connections_timed_out_total", "Connections closed since a time limit passed."),
    .counter("sheaf_http_malformed_requests_total", "Requests refused as malformed."),
    .counter("sheaf_http_received_bytes_total", "Bytes that came."),
    .counter("sheaf_http_sent_bytes_total", "Bytes that went."),
  ]

  private static let webSockets: [MetricFamily] = [
    .gauge("sheaf_websocket_subscribers", "Open WebSockets."),
    .counter("sheaf_websocket_messages_received_total", "Messages from clients."),
    .counter("sheaf_websocket_frames_sent_total", "Frames sent."),
    .counter("sheaf_websocket_frames_dropped_total", "Frames that a full queue let go of; never a transition."),
    .counter("sheaf_websocket_frames_coalesced_total", "Frames that a newer one of the same unit replaced."),
    .counter("sheaf_websocket_slow_clients_total", "WebSockets closed since their client took too little."),
    .counter("sheaf_websocket_dead_peers_total", "WebSockets closed since nothing came any more."),
    .histogram("sheaf_websocket_ping_round_trip_seconds", "From a ping to its pong."),
  ]

  private static let upkeep: [MetricFamily] = [
    .counter("sheaf_retention_expired_jobs_total", "Jobs removed since they were old."),
    .counter("sheaf_retention_rasters_total", "Page images removed since the disk was nearly full."),
    .counter("sheaf_retention_freed_bytes_total", "Bytes that removing page images gave back."),
    .counter("sheaf_retention_failures_total", "Removals that failed and are tried again."),
    .gauge("sheaf_search_pages", "Pages in the index for search."),
    .counter("sheaf_search_indexed_jobs_total", "Jobs taken into the index."),
    .counter("sheaf_search_failures_total", "Jobs that could not be taken into the index, and are tried again."),
    .histogram("sheaf_search_query_seconds", "One search of the index."),
  ]
}
