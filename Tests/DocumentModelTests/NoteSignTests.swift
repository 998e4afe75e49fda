import DocumentModel
import Testing

@Suite("Signs of notes")
struct NoteSignTests {
  @Test(
    "figures and a sign that is repeated are one mark, two signs are two",
    arguments: [
      ("1", "2", true), ("*", "*", true), ("∗", "†", false), ("1", "∗", false), ("1", ",", false), ("a", "b", true),
    ] as [(Character, Character, Bool)])
  func oneMark(a: Character, b: Character, wanted: Bool) { #expect(NoteSign.areOneMark(a, b) == wanted) }
}
