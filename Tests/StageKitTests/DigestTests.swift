import StageKit
import Testing

@Suite("A digest")
struct DigestTests {
  @Test("is SHA-256, written with its name")
  func known() {
    // FIPS 180-2, appendix B.1.
    let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(Digest(of: Array("abc".utf8)).description == "sha256:" + abc)
    #expect(Digest(abc) == Digest("sha256:" + abc))
  }

  @Test(
    "is refused where it is none",
    arguments: ["", "sha256:", String(repeating: "A", count: 64), String(repeating: "a", count: 63), "sha1:abc"])
  func refused(text: String) { #expect(Digest(text) == nil) }
}
