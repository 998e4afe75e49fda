import CanonicalJSON
import StageKit
import Testing

@testable import sheaf

@Suite("Amounts and text for people")
struct MeasureTests {
  @Test(
    "durations",
    arguments: [
      (0, "0.0 s"), (3.24, "3.2 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 min 00 s"),
      (125, "2 min 05 s"), (3720, "1 h 02 min"), (-1, "0.0 s"), (.infinity, "0.0 s"),
    ] as [(Double, String)])
  func durations(seconds: Double, text: String) { #expect(Measure.duration(seconds) == text) }

  @Test("clocks", arguments: [(0, "0:00"), (42, "0:42"), (725, "12:05"), (3753, "1:02:33")] as [(Double, String)])
  func clocks(seconds: Double, text: String) { #expect(Measure.clock(seconds) == text) }

  @Test(
    "sizes",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (4249, "4.2 kB"), (999_949, "999.9 kB"), (999_951, "1.0 MB"),
      (1_300_000_000, "1.3 GB"), (Int.max, "9223.4 PB"),
    ])
  func sizes(count: Int, text: String) { #expect(Measure.bytes(count) == text) }

  @Test(
    "text takes the columns that a terminal gives it",
    arguments: [
      ("abc", 3), ("Größe", 5), ("e\u{301}", 1), ("日本語", 6), ("ｱ", 1), ("한글", 4), ("👍🏽", 2), ("👨‍👩‍👧", 2), ("❤️", 2),
      ("\u{200B}", 0), ("", 0), ("…", 1),
    ])
  func width(text: String, columns: Int) { #expect(TerminalText.width(text) == columns) }

  @Test(
    "a name is cut in its middle and keeps both ends",
    arguments: [
      ("short.pdf", 20, "short.pdf"), ("a-very-long-name-of-a-report-2024.pdf", 15, "a-very-…024.pdf"),
      ("日本語の文書.pdf", 10, "日本…pdf"), ("abcdef", 2, "ab"), ("abcdef", 1, "a"), ("abcdef", 0, ""),
    ])
  func truncation(text: String, limit: Int, expected: String) {
    let cut = TerminalText.truncatedInMiddle(text, to: limit, mark: "…")
    #expect(TerminalText.width(cut) <= limit)
    if text.allSatisfy(\.isASCII) { #expect(cut == expected) } else { #expect(cut.contains("…")) }
  }

  @Test("a table's columns stand below each other, wide characters too")
  func table() {
    var table = TextTable(["NAME", "PAGES"], rightAligned: [1])
    table.add(["日本", "7"])
    table.add(["long name", "120"])
    #expect(table.lines == ["NAME       PAGES", "日本           7", "long name    120"])
  }

  @Test(
    "an option's default is shown as it would be typed",
    arguments: [
      (true, "on"), (216, "216"), (0.4, "0.4"), (["eng", "deu"], "eng+deu"), ("", "(empty)"), (2.0, "2"),
    ] as [(JSONValue, String)])
  func typed(value: JSONValue, text: String) { #expect(StageListing.typed(value) == text) }

  @Test("what an option allows is said in short")
  func allowed() {
    #expect(StageListing.allowed(.integer("dpi", 216, 72...600, "")) == "72 to 600")
    #expect(StageListing.allowed(.flag("deskew", true, "")) == "on|off")
    #expect(StageListing.allowed(.choice("format", ExportFormat.markdown, "")).hasPrefix("md|html"))
  }
}
