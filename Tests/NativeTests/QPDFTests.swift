import Leptonica
import Poppler
import QPDF
import Testing

@Suite("QPDF: jobs")
struct QPDFTests {
  private func page(_ text: String, y: Double) -> [UInt8] {
    let pdf = CairoPDF()
    pdf.text(text, x: 72, y: y)
    return pdf.finish()
  }

  @Test("a layer is laid over a page, and both texts are there")
  func overlay() throws {
    let folder = try TemporaryFolder()
    let below = try folder.write(page("below", y: 100), as: "below.pdf")
    let above = try folder.write(page("above", y: 200), as: "above.pdf")
    for under in [false, true] {
      let warnings = try PDFJob.combine(below, with: above, under: under, to: "\(folder.path)/both.pdf").run()
      #expect(warnings.isEmpty)
      let words = try PopplerDocument.open(try folder.read("both.pdf")).page(1).textLayer().words
      #expect(Set(words.map(\.text)) == ["below", "above"])
    }
  }

  @Test("the same inputs give the same bytes")
  func reproducible() throws {
    let folder = try TemporaryFolder()
    let below = try folder.write(page("below", y: 100), as: "below.pdf")
    let above = try folder.write(page("above", y: 200), as: "above.pdf")
    try PDFJob.combine(below, with: above, to: "\(folder.path)/one.pdf").run()
    try PDFJob.combine(below, with: above, to: "\(folder.path)/two.pdf").run()
    #expect(try folder.read("one.pdf") == folder.read("two.pdf"))
  }

  @Test("encryption goes with the right password and is told from damage")
  func decrypt() throws {
    let folder = try TemporaryFolder()
    let plain = try folder.write(page("secret", y: 100), as: "plain.pdf")
    let locked = "\(folder.path)/locked.pdf", opened = "\(folder.path)/opened.pdf"
    try PDFJob(arguments: ["--encrypt", "user", "owner", "256", "--", plain, locked]).run()
    for password in [nil, "guess"] {
      let error = #expect(throws: QPDFFailure.self) {
        try PDFJob.decrypt(locked, password: password, to: opened).run()
      }
      guard case .password = error else {
        Issue.record("\(String(describing: error)) is not about the password")
        return
      }
    }
    try PDFJob.decrypt(locked, password: "user", to: opened).run()
    let document = try PopplerDocument.open(try folder.read("opened.pdf"))
    #expect(try document.page(1).textLayer().words.map(\.text) == ["secret"])
  }

  @Test("a damaged file is repaired with warnings, garbage is an error with a reason")
  func damage() throws {
    let folder = try TemporaryFolder()
    let cut = try folder.write(Array(page("rescued", y: 100).dropLast(20)), as: "cut.pdf")
    let warnings = try PDFJob.decrypt(cut, password: nil, to: "\(folder.path)/whole.pdf").run()
    #expect(!warnings.isEmpty)
    #expect(try PopplerDocument.open(try folder.read("whole.pdf")).pageCount == 1)
    let garbage = try folder.write(Array("garbage".utf8), as: "garbage.pdf")
    let error = #expect(throws: QPDFFailure.self) {
      try PDFJob.decrypt(garbage, password: nil, to: "\(folder.path)/never.pdf").run()
    }
    guard case .failed(let detail) = error else {
      Issue.record("\(String(describing: error)) is not a failure")
      return
    }
    #expect(detail.contains("garbage.pdf"))
  }

  @Test("a missing file and a wrong argument are errors with a reason")
  func usage() throws {
    let missing = #expect(throws: QPDFFailure.self) {
      try PDFJob.decrypt("/nowhere/file.pdf", password: nil, to: "/nowhere/out.pdf").run()
    }
    #expect(missing?.description.contains("/nowhere/file.pdf") == true)
    let wrong = #expect(throws: QPDFFailure.self) { try PDFJob(arguments: ["--no-such-option"]).run() }
    guard case .usage = wrong else {
      Issue.record("\(String(describing: wrong)) is not about usage")
      return
    }
  }
}
