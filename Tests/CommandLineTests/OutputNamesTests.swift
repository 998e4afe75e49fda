import Engine
import Testing

@testable import sheaf

@Suite("Names of results")
struct OutputNamesTests {
  static let batches: [(paths: [String], names: [String])] = [
    (["report.pdf"], ["report"]),
    (["in/report.final.pdf"], ["report.final"]),
    (["-"], ["stdin"]),
    (["a.pdf", "a.png"], ["a.pdf", "a.png"]),
    (["a.pdf", "b.pdf", "x/a.png"], ["a.pdf", "b", "a.png"]),
    (["x/a.pdf", "y/a.pdf"], ["a", "a-2"]),
    (["x/a.pdf", "y/a.pdf", "z/a.pdf"], ["a", "a-2", "a-3"]),
    (["x/a.pdf", "y/a.pdf", "a.png"], ["a.pdf", "a-2.pdf", "a.png"]),
    (["x/a.pdf", "y/a.pdf", "a-2.pdf"], ["a", "a-3", "a-2"]),
    (["a.pdf", "a.pdf.tiff", "a.png"], ["a.pdf", "a.pdf-2", "a.png"]),
    ([".hidden"], [".hidden"]),
    (["README"], ["README"]),
    (["odd."], ["odd."]),
    (["-", "stdin.pdf"], ["stdin", "stdin.pdf"]),
  ]

  @Test("of a batch no two documents share a name", arguments: batches)
  func namesOfBatch(paths: [String], names: [String]) {
    #expect(OutputNames.of(paths).map(\.text) == names)
    #expect(Set(OutputNames.of(paths)).count == paths.count)
  }

  @Test("ten thousand documents of one name are named in no time")
  func manyOfOneName() {
    let names = OutputNames.of((0..<10_000).map { "\($0)/scan.pdf" })
    #expect(Set(names).count == 10_000)
    #expect(names.last?.text == "scan-10000")
  }

  @Test(
    "a name is never more than a file's name",
    arguments: [
      ("a/b", "a_b"), ("..", "document"), (".", "document"), ("", "document"), ("a\nb", "a_b"), ("Größe", "Größe"),
    ])
  func nameIsSafe(given: String, name: String) {
    #expect(OutputName(given).text == name)
  }

  @Test("a long name leaves room for endings and keeps its characters whole")
  func longNameIsShortened() {
    let name = OutputName(String(repeating: "ü", count: 150)).text
    #expect(name.utf8.count == 200)
    #expect(name.allSatisfy { $0 == "ü" })
  }

  @Test("the same path twice is one document")
  func samePathOnce() {
    #expect(DocumentArgument.list(["a.pdf", "b.pdf", "a.pdf"]).map(\.path) == ["a.pdf", "b.pdf"])
  }

  @Test(
    "results lie where --out says, written as people write it",
    arguments: [
      (nil, "a.md"), (".", "a.md"), ("./", "a.md"), ("out", "out/a.md"), ("out//", "out/a.md"), ("/", "/a.md"),
    ] as [(String?, String)])
  func pathOfResult(out: String?, path: String) {
    #expect(ResultTarget(out).path(of: OutputName("a"), suffix: ".md") == path)
  }

  @Test(
    "a suffix never leads out of the folder",
    arguments: [
      (".md", true), ("/table-01.csv", true), (".chunks.jsonl", true), ("/../x", false), ("/..", false), ("md", false),
      ("", false), ("/a//b", false), ("../x", false), ("/", false),
    ])
  func suffixIsSafe(suffix: String, isSafe: Bool) {
    #expect(ExportedResult.isSafe(suffix) == isSafe)
  }
}
