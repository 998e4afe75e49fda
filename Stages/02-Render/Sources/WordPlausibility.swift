import DocumentModel
import Foundation
import Poppler

/// Whether words look like words of some language: broken Unicode maps yield letters, but not words.
///
/// Only words that tell something count: four letters and more, without digits, and not all capitals. Latin words need
/// vowels in their places; words of other scripts need letters of one script.
struct WordPlausibility {
  /// How many words tell something.
  private(set) var evidence = 0
  private var plausible = 0
  /// Characters in spellings such as "(cid:12)".
  private(set) var cidCharacters = 0

  private static let leastLetters = 4  // shorter words are abbreviations as often as not
  private static let mostConsonants = 8  // in a row: German "Angstschweiß" has as many
  private static let leastVowels = 0.15  // of the letters: "strengths" has 0.11, most words 0.3 to 0.5
  private static let leastHump = 3  // letters to each capital in names that are put together
  private static let mostVowels = 0.9  // of the letters

  /// The share of plausible words among those that tell something; 1 where none does.
  var share: Double { evidence == 0 ? 1 : Double(plausible) / Double(evidence) }

  init(_ words: [TextLayerWord]) {
    var whole = ""
    for word in words {
      whole += word.text
      guard !word.joinsNext else { continue }
      count(whole)
      whole = ""
    }
    count(whole)
  }

  private mutating func count(_ word: String) {
    if word.utf8.starts(with: "(cid:".utf8) { cidCharacters += word.unicodeScalars.count }
    let scalars = Array(word.unicodeScalars).filter { !Self.isOuter($0) }
    guard !scalars.contains(where: { $0.isNumeral }) else { return }
    let odd = scalars.count { !$0.isLetter && !Self.isInner($0) }
    let letters = scalars.filter { $0.isLetter }
    guard letters.count >= Self.leastLetters || odd >= Self.leastLetters else { return }
    if !letters.isEmpty, odd * 2 <= letters.count, letters.allSatisfy({ $0.isCapital }) { return }
    evidence += 1
    // "d,uk-gy&vbx": signs between letters where no language has them.
    if odd * 4 <= letters.count, Self.isPlausible(letters) || Self.isCode(scalars, letters.count) { plausible += 1 }
  }

  /// `\DeclareFontShape{TU}{lmr}`: names between the signs of a program, most of which could be words.
  private static func isCode(_ scalars: [Unicode.Scalar], _ letterCount: Int) -> Bool {
    let parts = scalars.split { !$0.isLetter }
    guard parts.count > 1 else { return false }
    let named = parts.filter { $0.count >= leastLetters && isPlausible(Array($0)) }.reduce(0) { $0 + $1.count }
    return 2 * named >= letterCount
  }

  private static func isPlausible(_ letters: [Unicode.Scalar]) -> Bool {
    let latin = letters.count { isLatin($0) }
    guard latin > 0 else { return true }
    guard latin == letters.count else { return false }
    var (vowels, run, longest, changes, capitals) = (0, 0, 0, 0, 0)
    var wasLower = false
    for letter in letters {
      capitals += letter.isCapital ? 1 : 0
      let isVowel = Self.isVowel(letter)
      vowels += isVowel ? 1 : 0
      run = isVowel ? 0 : run + 1
      longest = max(longest, run)
      if wasLower, letter.isCapital { changes += 1 }
      wasLower = letter.isSmall
    }
    let share = Double(vowels) / Double(letters.count)
    // "MacDonald", "JustSayIt" change twice at most, "aBcDeF" more; but "checkIfUndefinedTwice" is a name in a program.
    let humps = changes + 1
    let isCased = changes <= 2 || letters.count >= leastHump * humps && capitals <= humps
    return isCased && longest <= mostConsonants && (leastVowels...mostVowels).contains(share)
  }

  /// Quotes, brackets and stops around a word.
  private static func isOuter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.category {
    case .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation: true
    default: scalar.value < 0x80 && ".,;:!?\"'".unicodeScalars.contains(scalar)
    }
  }

  /// What may stand within a word: hyphens, slashes and what addresses are made of; marks and joiners of scripts.
  private static func isInner(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.category {
    case .dashPunctuation, .nonspacingMark, .spacingMark, .format: true
    default: scalar.value < 0x80 ? "/@_&+=#~%".unicodeScalars.contains(scalar) : scalar == "\u{2026}" || scalar == "·"
    }
  }

  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xBA, 0xC0...0x24F, 0x1E00...0x1EFF, 0xFB00...0xFB06: true
    default: false
    }
  }

  /// By the base letter; Y is a vowel in most languages that have it.
  private static func isVowel(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x80 { return "aeiouyAEIOUY".unicodeScalars.contains(scalar) }
    switch scalar {
    case "æ", "Æ", "œ", "Œ", "ø", "Ø", "ı": return true
    default: return String(scalar).decomposedBase.map { isVowel($0) } ?? false
    }
  }
}

extension String {
  /// The first scalar of the canonical decomposition where that differs from the letter itself.
  fileprivate var decomposedBase: Unicode.Scalar? {
    guard let letter = unicodeScalars.first else { return nil }
    let base = decomposedStringWithCanonicalMapping.unicodeScalars.first
    return base == letter ? nil : base
  }
}
