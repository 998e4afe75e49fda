import Checkpoints
import Engine
import Ledger
import StageKit
import Testing

@testable import sheaf

@Suite("The display")
struct ProgressFrameTests {
  static let plain = TerminalStyle(unicode: false, color: false)
  static let rich = TerminalStyle(unicode: true, color: true)

  /// Half done, after half a minute, with ocr at work.
  static func model(name: String = "report", expected: Int = 1) -> ProgressModel {
    var model = ProgressTests.begun(pages: 40, name: name, expected: expected)
    ProgressTests.finish(1...20, .ocr, of: &model, at: 30)
    model.apply(ProgressTests.event(.unitStarted, UnitID(.ocr, .page(21))), at: 30)
    return model
  }

  static func lines(_ model: ProgressModel, width: Int, style: TerminalStyle = plain, rows: Int = 10) -> [String] {
    let rows = ProgressFrame.rows(model, at: 30, style: style, rows: rows)
    return ProgressFrame(width: width, style: style).lines(rows)
  }

  @Test("on a wide terminal a line has all there is to know")
  func wide() {
    #expect(
      Self.lines(Self.model(), width: 100) == [
        "report  #############-----------------   43%  20/40 pages  40/min  0:39 left  ocr 20/40"
      ])
  }

  @Test(
    "on a narrower one the less important goes first",
    arguments: [
      (60, "report  ##########--------------   43%  20/40 pages  40/min  0:39 left"),
      (50, "report  ##########--------------   43%  20/40 pages  0:39 left"),
      (40, "report  #######----------   43%  20/40 pages"),
      (30, "report  ######---------   43%"),
      (15, "report   43%"),
      (10, "rep   43%"),
    ])
  func narrow(width: Int, line: String) {
    let shown = Self.lines(Self.model(), width: width)
    #expect(shown.count == 1)
    // What stays is the same whatever the bar's length.
    #expect(Self.words(shown[0]) == Self.words(line))
  }

  private static func words(_ line: String) -> [Substring] {
    line.split(separator: " ").filter { !$0.contains("#") && !$0.contains("-") }
  }

  @Test(
    "no line is wider than the terminal, whatever the name", arguments: [1, 2, 5, 9, 20, 33, 50, 79, 80, 81, 120, 300])
  func neverTooWide(width: Int) {
    let names = ["a", "日本語の長い名前の文書です.pdf", String(repeating: "long-name-", count: 30), "e\u{301}👍🏽.pdf"]
    for name in names {
      for style in [Self.plain, Self.rich] {
        for line in Self.lines(Self.model(name: name, expected: 500), width: width, style: style) {
          #expect(LiveArea.visibleWidth(line) <= max(1, width - 1), "\(width): \(line)")
        }
      }
    }
  }

  @Test("of a batch the running jobs are shown and a line of all")
  func batch() throws {
    var model = ProgressModel(expected: 500, at: 0)
    let ids = "0123456789abcdefghjk".map { JobID("000000000\($0)") }
    for case let id? in ids {
      model.admit(JobProgress(job: id, name: "job-\(id)"))
      model.apply(.transition(JobEvent(job: id, kind: .jobState, state: "running")), at: 0)
    }
    let lines = Self.lines(model, width: 100, rows: 8)
    #expect(lines.count == 8)
    #expect(lines[0].hasPrefix("job-0000000000"))
    #expect(try #require(lines.last).hasPrefix("0/500 documents"))
  }

  @Test("without colours no line has a command for the terminal", arguments: [true, false])
  func noColor(unicode: Bool) {
    let lines = Self.lines(Self.model(), width: 100, style: TerminalStyle(unicode: unicode, color: false))
    #expect(lines.allSatisfy { !$0.contains("\u{1B}") })
    #expect(unicode || lines.allSatisfy { $0.allSatisfy(\.isASCII) })
  }

  @Test("a bar is as long as it is told to be", arguments: [-1, 0, 0.01, 0.5, 0.99, 1, 7, .nan] as [Double])
  func bar(fraction: Double) {
    for style in [Self.plain, Self.rich] {
      for width in 0...30 { #expect(LiveArea.visibleWidth(style.bar(fraction, width: width)) == width) }
    }
  }

  @Test("a frame is drawn over the last, also where a narrower terminal has broken its lines")
  func drawnOver() {
    var area = LiveArea()
    #expect(area.draw(["12345678", "abc"], columns: 10) == "\r12345678\u{1B}[K\nabc\u{1B}[K\n\u{1B}[J")
    #expect(area.draw(["x"], columns: 10).hasPrefix("\r\u{1B}[2A"))
    _ = area.draw(["12345678", "abc"], columns: 10)
    #expect(area.erase(columns: 4) == "\r\u{1B}[3A\u{1B}[J")
    #expect(area.erase(columns: 4).isEmpty)
  }

  @Test(
    "what the terminal can show is told by the environment",
    arguments: [
      (["LANG": "en_US.UTF-8", "TERM": "xterm"], true, true), (["LANG": "C", "TERM": "xterm"], false, true),
      (["LC_ALL": "C", "LANG": "de_DE.UTF-8", "TERM": "xterm"], false, true),
      (["LANG": "C.UTF-8", "TERM": "dumb"], true, false),
      (["LANG": "C.utf8", "TERM": "xterm", "NO_COLOR": "1"], true, false),
      (["NO_COLOR": "", "TERM": "xterm"], false, true), ([:], false, false),
    ] as [([String: String], Bool, Bool)])
  func style(environment: [String: String], unicode: Bool, color: Bool) {
    #expect(TerminalStyle(environment: environment) == TerminalStyle(unicode: unicode, color: color))
  }
}
