import CanonicalJSON
import Foundation
import Logging
import TestSupport
import Testing

@testable import Service

@Suite("The server's log")
struct LogTests {
  private func json(_ line: [UInt8]) throws -> JSONValue {
    #expect(line.last == UInt8(ascii: "\n"))
    #expect(line.count { $0 == UInt8(ascii: "\n") } == 1)
    return try CanonicalDecoder().decode(JSONValue.self, from: line)
  }

  @Test(
    "whatever is logged is one line of JSON that says it",
    arguments: [
      "plain", "with \"quotes\" and \\", "two\nlines\r\n", "\u{0}\u{1}\u{7f}\u{9b}", "\u{2028}\u{2029}", "Ünïcødé 🙂",
    ])
  func oneLine(text: String) throws {
    let value = try json(LogLine.json(.warning, text, ["stage": "\(text)"]))
    #expect(value["message"]?.string == text)
    #expect(value["stage"]?.string == text)
    #expect(value["level"]?.string == "warning")
  }

  @Test("numbers are numbers, and what only looks like one is a text")
  func numbers() throws {
    let value = try json(
      LogLine.json(
        .info, "m",
        ["status": "200", "milliseconds": "1.5", "job": "0123456789", "unit": "1e5", "dot": "1.", "x": "-3"]))
    #expect(value["status"]?.int == 200)
    #expect(value["milliseconds"]?.double == 1.5)
    #expect(value["job"]?.string == "0123456789")
    #expect(value["unit"]?.string == "1e5")
    #expect(value["dot"]?.string == "1.")
    #expect(value["x"]?.int == -3)
  }

  @Test("the time is of this moment, in UTC to the millisecond")
  func time() throws {
    let text = try #require(try json(LogLine.json(.info, "m", [:]))["at"]?.string)
    let date = try Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    #expect(abs(date.timeIntervalSinceNow) < 5)
    #expect(text.count == 24)
  }

  @Test(
    "secrets and document text are not logged, whoever passes them", arguments: ["password", "Authorization", "text"])
  func secrets(key: String) throws {
    let line = LogLine.json(.error, "m", [key: "hunter2", "nested": ["a": "b"]])
    #expect(!String(decoding: line, as: UTF8.self).contains("hunter2"))
  }

  @Test("a line is bounded, whatever is in it")
  func bounded() throws {
    let long = String(repeating: "x", count: 1 << 20)
    var metadata: Logger.Metadata = [:]
    for number in 0..<1_000 { metadata["field\(number)"] = "\(long)" }
    let line = LogLine.json(.info, long, metadata)
    #expect(line.count < 20_000)
    _ = try json(line)
  }

  @Test("lines of many threads come whole, and each thread's in order")
  func order() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/log"
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
    defer { close(descriptor) }
    let sink = LogSink(descriptor: descriptor)
    let level = LogThreshold(.info)
    await withTaskGroup(of: Void.self) { group in
      for writer in 0..<4 {
        group.addTask {
          let logger = Logger(label: "test") { _ in ServiceLog(level, sink: sink) }
          for number in 0..<500 { logger.info("m", metadata: ["writer": "\(writer)", "number": "\(number)"]) }
          logger.debug("not told")
        }
      }
    }
    sink.flush(within: .seconds(60))
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2_000)
    var seen: [Int: Int] = [:]
    for line in lines {
      let value = try CanonicalDecoder().decode(JSONValue.self, from: Array(line.utf8))
      let writer = try #require(value["writer"]?.int)
      #expect(value["number"]?.int == seen[writer, default: 0])
      seen[writer, default: 0] += 1
    }
  }

  @Test("whoever does not read the log holds up nobody, and the loss is told")
  func fullPipe() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let sink = LogSink(descriptor: ends[1], limit: 10_000)
    let line = Array((String(repeating: "x", count: 999) + "\n").utf8)
    // A pipe takes 64 KiB, the sink ten lines and what it is just writing.
    for _ in 0..<1_000 { sink.write(line, level: .info) }
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !text.contains("log lines were dropped") {
      let count = read(ends[0], &buffer, buffer.count)
      try #require(count > 0)
      text += String(decoding: buffer[..<count], as: UTF8.self)
      if text.count > 1 << 20 { break }
      // Whatever comes after the loss tells of it.
      sink.write(line, level: .info)
    }
    #expect(text.contains("log lines were dropped"))
    // The sink may still be writing: a reader that goes away before it ends would end this process.
    let writing = ends[1]
    Thread {
      sink.flush()
      close(writing)
    }.start()
    while read(ends[0], &buffer, buffer.count) > 0 {}
    close(ends[0])
  }

  @Test("a reader that stands still does not keep the program from its end")
  func standingStill() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let sink = LogSink(descriptor: ends[1])
    for _ in 0..<200 { sink.write([UInt8](repeating: UInt8(ascii: "x"), count: 1000), level: .info) }
    let began = ContinuousClock.now
    let isThrough = DispatchSemaphore(value: 0)
    Thread {
      sink.flush()
      isThrough.signal()
    }.start()
    #expect(isThrough.wait(timeout: .now() + 20) == .success)
    #expect(ContinuousClock.now - began >= .milliseconds(400), "it is given a moment")
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var received = 0
    while received < 200_000 { received += max(0, read(ends[0], &buffer, buffer.count)) }
    for end in ends { close(end) }
  }

  @Test("so many requests a second are told, and the next one tells how many were not")
  func sampler() {
    let sampler = RequestSampler(rate: 3)
    let first = (0..<10).map { _ in sampler.admit(now: 7) }
    #expect(first == [0, 0, 0, nil, nil, nil, nil, nil, nil, nil])
    #expect(sampler.admit(now: 8) == 7)
    #expect(sampler.admit(now: 8) == 0)
  }

  @Test("the level changes for all loggers at once")
  func level() {
    let level = LogThreshold(.info)
    let logger = Logger(label: "test") { _ in ServiceLog(level) }
    #expect(logger.logLevel == .info)
    level.apply("error")
    #expect(logger.logLevel == .error)
    level.apply("nonsense")
    #expect(logger.logLevel == .error)
  }
}
