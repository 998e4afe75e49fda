import DocumentModel
import Testing

@Suite("Line-break hyphens")
struct LineBreakHyphenTests {
  @Test(
    "only the line's own hyphen goes",
    arguments: [
      ("docu-", "ments", LineBreakHyphen.Verdict.drop), ("docu\u{2010}", "ments.", .drop),
      ("docu\u{AD}", "ments", .drop), ("pseudo\u{AD}", "Avicenna", .keep), ("FDA-", "approved", .keep),
      ("(docu-", "ments)", .drop), ("DOCU-", "MENTS", .drop), ("Über-", "gänge", .drop), ("well-", "known", .keep),
      ("self-", "evident", .keep), ("rule-", "based", .keep), ("comma-", "separated", .keep),
      ("state-of-the-", "art", .keep), ("e-", "mail", .keep),
      ("Anglo-", "Saxon", .keep), ("pre-", "Columbian", .keep), ("COVID-", "19", .keep), ("2010-", "2012", .keep),
      ("manually-", "chosen", .keep), ("two-", "way", .keep), ("third-", "party", .keep), ("single-", "column", .keep),
      ("poly-", "mers", .drop), ("2-", "and", .space),
      ("Ein-", "und", .space), ("pre-", "and", .space), ("-", "and", .space), ("--", "that", .space),
      ("word", "next", .space),
      ("word-", "", .space), ("in-", "dependent", .drop), ("word-", "—", .space), ("", "next", .space),
    ])
  func verdicts(before: String, after: String, verdict: LineBreakHyphen.Verdict) {
    #expect(LineBreakHyphen.verdict(before, after) == verdict)
  }

  @Test("words seen whole elsewhere overrule the rules")
  func seenWords() {
    #expect(LineBreakHyphen.verdict("side-", "effect", seen: { $0 == "side-effect" }) == .keep)
    #expect(LineBreakHyphen.verdict("well-", "known", seen: { $0 == "wellknown" }) == .drop)
  }

  @Test("two whole words are a compound, unless they grow together")
  func wholeWords() {
    let seen: Set<String> = ["species", "distribution", "every", "where"]
    #expect(LineBreakHyphen.verdict("species-", "distribution", seen: seen.contains) == .keep)
    #expect(LineBreakHyphen.verdict("every-", "where", seen: seen.contains) == .drop)
  }

  @Test(
    "a line break in Han, kana or Thai is no space",
    arguments: [("第一", "行", true), ("テキ", "スト", true), ("ไทย", "คำ", true), ("첫", "줄", false), ("abc", "行", false)])
  func unspaced(before: String, after: String, joined: Bool) {
    #expect(UnspacedScript.joins(before, after) == joined)
  }
}
