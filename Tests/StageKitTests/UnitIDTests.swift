import CanonicalJSON
import StageKit
import Testing

@Suite("A unit's name")
struct UnitIDTests {
  @Test("reads back as itself", arguments: ["ingest", "ocr/7", "reading-order", "export/md", "layout/12345"])
  func roundTrip(name: String) throws {
    let unit = try #require(UnitID(name))
    #expect(unit.description == name)
    #expect(try CanonicalDecoder().decode(UnitID.self, from: CanonicalEncoder().encode(unit)) == unit)
  }

  @Test(
    "is refused where it names no unit",
    arguments: ["", "orc/7", "ocr/0", "ocr/-1", "ocr/07", "ocr/x", "ocr/7/8", "/7"])
  func refused(name: String) { #expect(UnitID(name) == nil) }

  @Test("gives the checkpoint its file name")
  func basename() {
    #expect(UnitID(.ocr, .page(7)).basename == "0007")
    #expect(UnitID(.ocr, .page(123456)).basename == "123456")
    #expect(UnitID(.sections).basename == "document")
    #expect(UnitID(.export, .format("md")).basename == "md")
  }

  @Test("sorts by stage, then page as a number")
  func order() {
    let names = ["ocr/10", "ingest", "ocr/9", "export/md", "regions/2", "regions"].compactMap { UnitID($0) }
    #expect(names.sorted().map(\.description) == ["ingest", "ocr/9", "ocr/10", "regions", "regions/2", "export/md"])
  }
}
