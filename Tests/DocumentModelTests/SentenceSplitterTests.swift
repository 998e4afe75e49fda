import Testing

@testable import DocumentModel

@Suite("Sentences")
struct SentenceSplitterTests {
  /// Texts with a bar where a sentence ends.
  @Test(
    "sentences end where a reader would end them",
    arguments: [
      "One day.| Another came.| And a third",
      "Dr. Smith met Mr. Jones.| They talked.",
      "See Fig. 3 and pp. 12–14.| Then go on.",
      "The value is 3.14 today.| It was 2.71 in 2012.| The rest is 1.5.",
      "J. R. R. Tolkien wrote it.| A. de Vries read it.",
      "It was read by J. De Vries and J. A. Smith.| Nobody else did.",
      "It costs $5, e.g. for a U.S. citizen.| Others pay more.",
      "He lives in the U.S.| The house is small.",
      "He said “Go!” and left.| “Why?” she asked.| “No reason.”| They left.",
      "Wait… what?| Nothing…| Then it came.",
      "Well... maybe.| Yes!| Really?!| Yes.",
      "It is known.12| The rest is not.[3, 4]| More follows.",
      "Smith et al. (2010) showed it.| Also etc. and so on.",
      "The firm is Acme Inc.| The owner is unknown.",
      "Visit example.com or www.example.org/a.b today.| Bye.",
      "1. Introduction to things.| 2. More of it.",
      "1.2.3. A heading goes on.| Next.",
      "Am 12. Dezember kam er, z. B. mit Fr. Meier.| Im 19. Jahrhundert nicht.",
      "Das gilt d.h. immer, vgl. Abs. 3 und Nr. 7.| Es ist so.",
      "M. Dupont et Mme. Durand.| Il est venu.| Quoi ?| Rien !",
      "El Sr. García llegó.| ¿Quién es?| ¡Nadie!",
      "Это т.е. просто.| На рис. 3 видно.| Конец.",
      "これは文です。|次の文です！|「はい。」と言った。|終わり",
      "他说：“好。”|然后走了。|真的吗？|是的",
      "यह एक वाक्य है।| यह दूसरा है।",
      "هذه جملة؟| وهذه أخرى.| ثم انتهى.",
      "(This is one.)| [That is two.]| Three.",
      "This is the state of the art.| Nobody knows.",
      "Page one.\u{0C}| page two",
      "See vol. 2 of no. 5 is here.| No.| Yes.",
      "", "   ", "...", "no stop at all",
    ])
  func ends(marked: String) {
    let expected = marked.split(separator: "|").map(trimmed).filter { !$0.isEmpty }
    let text = Array(marked.replacing("|", with: "").unicodeScalars)
    let found = SentenceSplitter.sentences(of: text).map { string(text[$0]) }
    #expect(found == expected)
  }

  @Test("sentences are in order, do not overlap and cover all but white space", arguments: UInt64(1)...80)
  func cover(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    let alphabet = Array("aB .!?…。\"')]1[(,\n\u{0C}Éя".unicodeScalars)
    let text = (0..<200).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return alphabet[Int(state % UInt64(alphabet.count))]
    }
    var covered = Set<Int>()
    var last = 0
    for range in SentenceSplitter.sentences(of: text) {
      #expect(range.lowerBound >= last && !range.isEmpty)
      last = range.upperBound
      covered.formUnion(range)
    }
    #expect(text.indices.allSatisfy { covered.contains($0) || text[$0].properties.isWhitespace })
  }

  @Test(
    "a hostile text takes time in proportion to its length",
    arguments: ["1. ", "((((", ".", ". ", "a.", ".((( ", "x.[1", "\u{3002}\u{300D}", "....    "])
  func linear(unit: String) {
    let text = Array(repeating: Array(unit.unicodeScalars), count: 200_000).flatMap { $0 }
    let opened = Array(repeating: "(" as Unicode.Scalar, count: 200_000) + text
    let taken = ContinuousClock().measure { _ = SentenceSplitter.sentences(of: opened) }
    // A quadratic walk of a million scalars takes minutes; this takes under a second in a release build.
    #expect(taken < .seconds(20))
  }

  private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  private func trimmed(_ text: Substring) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
