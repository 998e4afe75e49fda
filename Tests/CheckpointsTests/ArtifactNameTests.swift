import Checkpoints
import StageKit
import Testing

@Suite("A worker's file name")
struct ArtifactNameTests {
  @Test(
    "a unit may name files that begin with its own name",
    arguments: [
      ("ocr/7", "0007.png"), ("figures/7", "0007-figure-01.png"), ("export/md", "md/document.md"),
      ("export/pdf", "pdf.pdf"),
      ("regions", "document-body.txt"), ("render/12345", "12345.a_b.png"), ("export/json", "json/document.json"),
      ("export/csv", "csv/table..01.csv"),
    ])
  func allowed(unit: String, name: String) throws {
    let unit = try #require(UnitID(unit))
    #expect(try ArtifactName(name, of: unit).text == name)
    #expect(try TreeFile(name, of: unit).path == unit.stage.folder + "/" + name)
  }

  @Test(
    "anything else is refused, and why",
    arguments: [
      ("", .folders), ("/etc/passwd", .folders), ("0007/../../x", .folders), ("0007/..", .hidden), ("../0007", .hidden),
      (".0007", .hidden), ("0007/.x", .hidden), ("0007//x", .folders), ("0007/", .folders), ("0007/a/b", .folders),
      ("0007 .png", .letters), ("0007\u{0}.png", .letters), ("0007.p\u{FC}g", .letters), ("0007\n", .letters),
      ("0007\\x", .letters), ("0008.png", .foreign), ("0007", .foreign), ("00071.png", .foreign),
      ("document.png", .foreign),
      ("0007.json", .checkpoint), (String(repeating: "0007", count: 33), .tooLong),
    ] as [(String, InvalidArtifactName.Reason)])
  func refused(name: String, reason: InvalidArtifactName.Reason) throws {
    let error = #expect(throws: InvalidArtifactName.self) { _ = try ArtifactName(name, of: UnitID(.ocr, .page(7))) }
    #expect(error?.reason == reason)
  }
}
