import Foundation
import TestSupport
import Testing

@testable import Service

@Suite("The server's settings")
struct ConfigurationTests {
  @Test("flags go before the environment, the environment before the file")
  func order() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/sheaf.yaml"
    try """
    # of a test
    queue:
      jobs: 1
      pages: 2
      live: 3
    listen:
      - 127.0.0.1:1
      - "[::1]:2"
    """.write(toFile: file, atomically: true, encoding: .utf8)
    let configuration = try await ConfigurationSource(
      flags: ["queue.jobs": ["30"]], environment: ["SHEAF_QUEUE_PAGES": "20", "SHEAF_QUEUE_JOBS": "10", "HOME": "/"],
      file: file
    ).load()
    #expect(configuration[Settings.queueJobs] == 30)
    #expect(configuration[Settings.queuePages] == 20)
    #expect(configuration[Settings.liveJobs] == 3)
    #expect(configuration[Settings.listen] == ["127.0.0.1:1", "[::1]:2"])
    #expect(configuration[Settings.uploads] == Settings.uploads.defaultValue)
  }

  @Test(
    "what is wrong is named, with what would be right",
    arguments: [
      (["queue.jobs": "many"], "queue.jobs cannot be \"many\"; it takes 1 to 10000000 jobs"),
      (["queue.jobs": "0"], "queue.jobs cannot be \"0\"; it takes 1 to 10000000 jobs"),
      (["queue.jbs": "1"], "queue.jbs is no setting; did you mean queue.jobs?"),
      (["listen": "nowhere"], "listen cannot be \"nowhere\"; it takes addresses such as 127.0.0.1:8080"),
      (["workers.min": "9", "workers.max": "2"], "workers.min is 9, more than workers.max (2)"),
      (["log.level": "loud"], "log.level cannot be \"loud\""),
    ])
  func wrong(flags: [String: String], message: String) async throws {
    let failure = await #expect(throws: SettingFailure.self) {
      _ = try await ConfigurationSource(flags: flags.mapValues { [$0] }).load()
    }
    #expect(failure?.description.hasPrefix(message) == true, "\(failure?.description ?? "")")
  }

  @Test("a misspelt name in the file or the environment stops the start")
  func misspelt() async throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/sheaf.yaml"
    try "queue:\n  jobs: 1\n  page: 2\n".write(toFile: file, atomically: true, encoding: .utf8)
    let inFile = await #expect(throws: SettingFailure.self) { _ = try await ConfigurationSource(file: file).load() }
    #expect(inFile?.key == "queue.page")
    let inEnvironment = await #expect(throws: SettingFailure.self) {
      _ = try await ConfigurationSource(environment: ["SHEAF_QUEUE_JOB": "1"]).load()
    }
    #expect(inEnvironment?.key == "SHEAF_QUEUE_JOB")
  }

  @Test("only what may change while the server runs changes at a reload")
  func reload() {
    var old = ServiceConfiguration()
    old[Settings.connections] = 5
    var new = ServiceConfiguration()
    new[Settings.connections] = 6
    new[Settings.queueJobs] = 7
    let now = old.reloaded(with: new)
    #expect(now[Settings.connections] == 5)
    #expect(now[Settings.queueJobs] == 7)
  }

  @Test("the documentation lists the settings as they are")
  func documentation() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appendingPathComponent("docs/configuration.md")
    let written = try? String(contentsOf: file, encoding: .utf8)
    #expect(written == SettingTable.markdown, "sheaf serve --settings > docs/configuration.md brings it up to date")
  }

  @Test(
    "the addresses listened at are hosts that may be asked for, on loopback",
    arguments: [
      (["127.0.0.2:8080"], "127.0.0.2", true), (["127.0.0.2:8080"], "127.0.0.3", false),
      (["127.0.0.1:1", "127.9.9.9:2", "unix:/tmp/x"], "127.9.9.9", true), (["[::1]:80"], "::1", true),
      (["127.0.0.2:8080"], "localhost", true), (["127.0.0.2:8080"], "example.org", false),
    ])
  func hosts(listen: [String], host: String, isAllowed: Bool) throws {
    var settings = ServiceConfiguration()
    settings[Settings.listen] = listen
    let names = try #require(AllowedHosts.names(settings))
    #expect(names.contains(host) == isAllowed)
  }
}
