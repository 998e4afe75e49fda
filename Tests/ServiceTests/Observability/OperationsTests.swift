import CanonicalJSON
import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import Service

@Suite("Operating a server", .serialized, .timeLimit(.minutes(10)))
struct OperationsTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  /// Where script/bootstrap puts it, else where PATH has it.
  private static let promtool: String = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let places = ([root + "/.venv/bin"] + folders).map { $0 + "/promtool" }
    return places.first { FileManager.default.isExecutableFile(atPath: $0) } ?? places[0]
  }()

  private static var hasPromtool: Bool { FileManager.default.isExecutableFile(atPath: promtool) }

  /// Runs promtool and tells what it says.
  private func promtool(_ arguments: [String], input: String = "") throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.promtool)
    process.arguments = arguments
    let folder = try TemporaryFolder()
    let file = folder.file("input")
    try Data(input.utf8).write(to: file)
    let output = Pipe()
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text)
  }

  /// Names of metrics in any text.
  private func names(in text: String) -> Set<String> {
    Set(text.matches(of: #/sheaf_[a-z_]+/#).map { String($0.output) })
  }

  /// A family's name: of a histogram's series without their ending.
  private func family(_ name: String) -> String {
    for ending in ["_bucket", "_sum", "_count"] where name.hasSuffix(ending) {
      return String(name.dropLast(ending.count))
    }
    return name
  }

  private func read(_ path: String) throws -> String {
    try String(contentsOfFile: Self.root + "/" + path, encoding: .utf8)
  }

  @Test("the metrics of a server at work are what Prometheus, the dashboard, the alerts and the documentation expect")
  func metrics() async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path + "/data")
    let job = try await server.finish("sample")
    _ = try await server.get("/api/v1/search?q=lighthouse")
    _ = try await server.get("/api/v1/no-such-thing")
    let answer = try await server.get("/metrics")
    #expect(answer.status == 200)
    #expect(answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8")
    let text = answer.text

    let told = Set(text.matches(of: #/# TYPE (\S+) /#).map { String($0.output.1) })
    #expect(told == Set(MetricCatalogue.families.map(\.name)), "what is counted is in the catalogue")
    #expect(!text.contains(job), "no label names a job")
    for path in ["deploy/grafana/sheaf.json", "deploy/prometheus/alerts.yml", "deploy/prometheus/alerts_test.yml"] {
      let unknown = names(in: try read(path)).map(family).filter { !told.contains($0) }
      #expect(unknown.isEmpty, "\(path)")
    }

    func value(_ series: String) -> Double {
      text.split(separator: "\n").first { $0.hasPrefix(series + " ") }
        .flatMap { Double($0.split(separator: " ").last ?? "") } ?? -1
    }
    #expect(value(#"sheaf_units_total{stage="assembly",outcome="succeeded"}"#) > 1)
    #expect(value(#"sheaf_unit_duration_seconds_count{stage="render"}"#) > 1)
    #expect(value(#"sheaf_jobs_rested_total{state="completed"}"#) == 1)
    #expect(value("sheaf_checkpoint_write_seconds_count") > 10)
    #expect(value("sheaf_checkpoint_fsync_seconds_count") > 10)
    #expect(value("sheaf_checkpoint_bytes_total") > 10_000)
    #expect(value("sheaf_ledger_commit_seconds_count") > 10)
    #expect(value("sheaf_ledger_batch_writes_sum") == value("sheaf_ledger_write_seconds_count"))
    #expect(value("sheaf_worker_starts_total") >= 1)
    #expect(text.contains(#"sheaf_worker_resident_bytes{slot="1"}"#))
    #expect(value("sheaf_event_loop_lag_seconds_count") > 0)
    #expect(value(#"sheaf_http_requests_total{method="POST",route="/api/v1/documents",status="202"}"#) == 1)
    #expect(value(#"sheaf_http_requests_total{method="GET",route="none",status="404"}"#) == 1)
    #expect(value("sheaf_ready") == 1)
    #expect(value("sheaf_disk_free_bytes") > 0)
    #expect(value("sheaf_process_resident_bytes") > 1_000_000)
    #expect(value("sheaf_search_query_seconds_count") == 1)

    if Self.hasPromtool {
      let (status, output) = try promtool(["check", "metrics"], input: text)
      #expect(status == 0, "\(output)")
    }
    #expect(try await server.stop() == 0)
  }

  @Test("the alert rules are valid and fire when they should", .enabled(if: hasPromtool))
  func alerts() throws {
    let check = try promtool(["check", "rules", Self.root + "/deploy/prometheus/alerts.yml"])
    #expect(check.status == 0, "\(check.output)")
    let test = try promtool(["test", "rules", Self.root + "/deploy/prometheus/alerts_test.yml"])
    #expect(test.status == 0, "\(test.output)")
  }

  @Test("the dashboard is one that Grafana can load, and every expression in it is one that Prometheus understands")
  func dashboard() throws {
    let json = try JSONSerialization.jsonObject(with: Data(try read("deploy/grafana/sheaf.json").utf8))
    let dashboard = try #require(json as? [String: Any])
    #expect(dashboard["title"] as? String == "Sheaf")
    let panels = try #require(dashboard["panels"] as? [[String: Any]])
    let ids = panels.compactMap { $0["id"] as? Int }
    #expect(Set(ids).count == panels.count)
    var expressions: [String] = []
    for panel in panels {
      expressions += (panel["targets"] as? [[String: Any]] ?? []).compactMap { $0["expr"] as? String }
    }
    #expect(expressions.count > 40)
    guard Self.hasPromtool else { return }
    // Rules are what promtool can check expressions in; Grafana's variables get values as Grafana gives them.
    var rules = "groups:\n  - name: dashboard\n    rules:\n"
    for (number, expression) in expressions.enumerated() {
      let query = expression.replacing("$__rate_interval", with: "1m").replacing("$job", with: ".*")
        .replacing("$instance", with: ".*")
      rules += "      - record: dashboard:\(number)\n        expr: '\(query)'\n"
    }
    let folder = try TemporaryFolder()
    try Data(rules.utf8).write(to: folder.file("rules.yml"))
    let (status, output) = try promtool(["check", "rules", folder.path + "/rules.yml"])
    #expect(status == 0, "\(output)")
  }

  @Test("docs/operations.md has every metric, every retention setting and every alert as it is")
  func documentation() throws {
    let text = try read("docs/operations.md")
    for line in MetricCatalogue.table { #expect(text.contains(line), "\(line)") }
    let documented = names(in: text).filter { !$0.hasSuffix("_") }.map(family)
    #expect(documented.allSatisfy { MetricCatalogue.named($0) != nil })
    for setting in Settings.retention { #expect(text.contains("`\(setting.key)`")) }
    let alerts = try read("deploy/prometheus/alerts.yml").matches(of: #/alert: (\w+)/#).map { String($0.output.1) }
    #expect(alerts.count > 10)
    for alert in alerts { #expect(text.contains("`\(alert)`"), "\(alert)") }
  }

  @Test("the log is JSON line by line, with request, job and trace, and holds no text of documents")
  func log() async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path + "/data", ["--set", "log.level=debug"])
    let job = try await server.finish("sample")
    _ = try await server.get("/api/v1/jobs/\(job)/result?format=md")
    for _ in 0..<200 { _ = try await server.get("/api/v1/stages") }
    #expect(try await server.stop() == 0)
    let lines = server.log
    #expect(!lines.isEmpty)
    #expect(lines.allSatisfy { $0?["at"]?.string?.hasSuffix("Z") == true && $0?["level"]?.string != nil })
    let upload = try #require(lines.compactMap { $0 }.first { $0["route"] == "/api/v1/documents" })
    #expect(upload["request_id"] == "test-sample")
    #expect(upload["trace"] == "0af7651916cd43dd8448eb211c80319c")
    #expect(upload["status"]?.int == 202)
    #expect(upload["milliseconds"]?.double ?? -1 >= 0)
    #expect(lines.contains { $0?["job"]?.string == job })
    #expect(!server.logText.contains("Lighthouse"))
    // 200 alike: the first of each second are told, and the others counted.
    #expect(lines.count { $0?["route"] == "/api/v1/stages" } < 200)
  }

  @Test("what is refused for want of a key is in the log, and a flood of it is counted")
  func refusals() async throws {
    let folder = try TemporaryFolder()
    let server = try await ServerProcess(data: folder.path + "/data", ["--set", "auth.mode=required"])
    // Its start has filled the log's share of this second.
    try await Task.sleep(for: .milliseconds(1100))
    for _ in 0..<200 {
      #expect(try await server.send(.post, "/api/v1/documents", headers: ["X-Request-ID": "stranger"]).status == 401)
    }
    #expect(try await server.stop() == 0)
    let lines = server.log.compactMap { $0 }.filter { $0["route"] == "/api/v1/documents" }
    let line = try #require(lines.first)
    #expect(line["status"]?.int == 401)
    #expect(line["request_id"] == "stranger")
    #expect(lines.count < 200)
  }
}
